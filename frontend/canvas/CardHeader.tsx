import { CircleAlert, TriangleAlert } from "lucide-react";
import type { Diagnostic, Kind } from "../api/types";
import type { PipelineNode } from "../document/document";
import { SampleBadge } from "../samples/SampleBadge";
import { Tooltip } from "../ui/Tooltip";
import { KindIcon } from "./KindIcon";
import { NameInput } from "./NameInput";
import { problemTone } from "./problems";
import { useRenaming } from "./renaming";

export function CardHeader({
  id,
  node,
  kind,
  problems,
}: {
  id: string;
  node: PipelineNode;
  kind: Kind | undefined;
  problems: readonly Diagnostic[];
}) {
  const renaming = useRenaming((state) => state.node === id);
  return (
    <div className="card-header">
      <span className="card-icon">
        <KindIcon icon={kind?.icon ?? "unknown"} size={17} />
      </span>
      <div className="min-w-0 flex-1">
        {renaming ? (
          <NameInput id={id} name={node.name} />
        ) : (
          <p
            className="card-name"
            title="Double-click to rename"
            onDoubleClick={() => useRenaming.setState({ node: id })}
          >
            {node.name}
          </p>
        )}
        <p className="card-kind">{kind?.title ?? node.kind}</p>
      </div>
      <SampleBadge id={id} />
      <ProblemBadge problems={problems} />
    </div>
  );
}

function ProblemBadge({ problems }: { problems: readonly Diagnostic[] }) {
  const tone = problemTone(problems);
  if (tone === "none") return null;
  const severity = tone === "danger" ? "error" : "warning";
  const counted = problems.filter((problem) => problem.severity === severity);
  const Icon = tone === "danger" ? CircleAlert : TriangleAlert;
  return (
    <Tooltip
      label={
        <ul>
          {problems.map((problem, index) => (
            <li key={`${problem.code} ${index}`}>{problem.summary}</li>
          ))}
        </ul>
      }
    >
      <span className={`card-problems card-problems-${tone}`}>
        <Icon size={13} aria-hidden="true" />
        {counted.length}
        <span className="sr-only">
          {severity}
          {counted.length > 1 ? "s" : ""}
        </span>
      </span>
    </Tooltip>
  );
}
