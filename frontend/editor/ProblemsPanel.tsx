import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { Diagnostic } from "../api/types";
import { useKindMap } from "../canvas/KindMap";
import { useAnalysis } from "../document/AnalysisProvider";
import type { Kinds } from "../document/kind";
import { useDocument } from "../document/store";
import { useScriptProblems } from "../sql/drafts";
import { EmptyState } from "../ui/EmptyState";
import { useShowNode } from "./showNode";

const icons = {
  error: <CircleAlert size={14} aria-label="Error" className="text-danger" />,
  warning: (
    <TriangleAlert size={14} aria-label="Warning" className="text-warn" />
  ),
  info: <Info size={14} aria-label="Note" className="text-muted" />,
};

const ORDER = { error: 0, warning: 1, info: 2 };

/** All that is wrong, worst first; each line is a click away from its field. */
export function ProblemsPanel({
  onShowScript,
}: {
  onShowScript: (offset: number) => void;
}) {
  const { diagnostics, failure } = useAnalysis();
  const inScript = useScriptProblems();
  const sorted = diagnostics.toSorted(
    (a, b) => ORDER[a.severity] - ORDER[b.severity],
  );
  return (
    <div
      data-testid="problems"
      className="flex min-h-0 flex-1 flex-col overflow-y-auto"
    >
      {failure && (
        <p role="alert" className="border-b px-3 py-2 text-sm text-danger">
          The pipeline could not be checked. {failure}
        </p>
      )}
      {sorted.length + inScript.length === 0 && !failure ? (
        <EmptyState icon={<CircleCheck size={22} />} title="No problems">
          What stands in the way of running this pipeline would be listed here.
        </EmptyState>
      ) : (
        <ul>
          {inScript.map((finding, index) => (
            <ProblemLine
              key={`${finding.from} ${finding.code} ${index}`}
              diagnostic={finding}
              place={`Edited SQL › line ${finding.line}`}
              onClick={() => onShowScript(finding.from)}
            />
          ))}
          {sorted.map((diagnostic, index) => (
            <Line
              key={`${diagnostic.node} ${diagnostic.code} ${index}`}
              diagnostic={diagnostic}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ diagnostic }: { diagnostic: Diagnostic }) {
  const { node, field } = diagnostic;
  const kinds = useKindMap();
  const place = useDocument(({ document }) =>
    placeName(document.nodes[node], field, kinds),
  );
  const showNode = useShowNode();
  return (
    <ProblemLine
      diagnostic={diagnostic}
      place={place}
      onClick={node === "" ? undefined : () => showNode(node, field)}
    />
  );
}

function ProblemLine({
  diagnostic,
  place,
  onClick,
}: {
  diagnostic: Diagnostic;
  place: string;
  onClick: (() => void) | undefined;
}) {
  const { severity, summary, detail } = diagnostic;
  return (
    <li>
      <button
        type="button"
        disabled={!onClick}
        onClick={onClick}
        className="flex w-full items-start gap-2.5 border-b px-3 py-1.5 text-left text-sm enabled:hover:bg-hover"
      >
        <span className="mt-0.75 shrink-0">{icons[severity]}</span>
        <span className="min-w-0 flex-1 wrap-anywhere">
          <span className="font-medium">{summary}.</span>{" "}
          <span className="text-muted">{detail}</span>
        </span>
        <span className="max-w-64 shrink-0 truncate text-xs leading-5 text-faint">
          {place}
        </span>
      </button>
    </li>
  );
}

function placeName(
  node: { name: string; kind: string } | undefined,
  field: string,
  kinds: Kinds,
): string {
  if (!node) return "Pipeline";
  const known = kinds
    .get(node.kind)
    ?.fields.find(({ path }) => field === path || field.startsWith(`${path}.`));
  return known ? `${node.name} › ${known.title}` : node.name;
}
