import { CircleAlert, Play } from "lucide-react";
import type { ReactNode } from "react";
import type { Diagnostic, Preview } from "../api/types";
import { useEngine } from "../live/hooks";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ProblemNote } from "../ui/ProblemNote";
import { Spinner } from "../ui/Spinner";
import { Why } from "./Why";
import { useStartPreview } from "./useStartPreview";

/** Before the first preview. */
export function NoPreview({ pipeline }: { pipeline: string }) {
  const start = useStartPreview(pipeline);
  const ready = useEngine().state === "ready";
  return (
    <EmptyState
      title="See the rows of every node"
      action={
        <Button
          variant="primary"
          icon={<Play size={13} />}
          busy={start.isPending}
          disabled={!ready}
          onClick={() => start.mutate()}
        >
          Run a preview
        </Button>
      }
    >
      <p>
        A preview runs the pipeline as it is now. It writes to no sink and ends
        when you stop it or close the page.
        {!ready && " It can start once Flink is ready."}
      </p>
      <div className="mt-2 text-left empty:hidden">
        <ProblemNote error={start.error} title="The preview did not start" />
      </div>
    </EmptyState>
  );
}

/** Why there are no rows to show for the node. */
export function NoRows({
  preview,
  node,
}: {
  preview: Preview;
  node: string | null;
}) {
  const problems = preview.diagnostics.filter(
    (d) => d.severity === "error" && (d.node === node || d.node === ""),
  );
  if (preview.state === "failed" || problems.length > 0)
    return <Failed preview={preview} problems={problems} />;
  if (preview.state === "starting")
    return (
      <Note title="The preview is starting">
        {preview.message || "Flink is planning the job."}
      </Note>
    );
  if (node === null)
    return (
      <EmptyState title="Select a node to see its rows">
        The preview covers all of them.
      </EmptyState>
    );
  if (!preview.nodes[node])
    return (
      <EmptyState title="This node is not in the preview">
        It was added after the preview started. Stop it and run it again.
      </EmptyState>
    );
  if (preview.state === "running")
    return (
      <Note title="No rows yet">
        The job runs. Rows appear here as soon as this node makes some.
        <Why preview={preview} node={node} />
      </Note>
    );
  return (
    <EmptyState title="This node made no rows">
      {preview.message || "The preview has ended."}
      <Why preview={preview} node={node} />
    </EmptyState>
  );
}

function Note({ title, children }: { title: string; children: ReactNode }) {
  return (
    <EmptyState icon={<Spinner size={20} />} title={title}>
      {children}
    </EmptyState>
  );
}

function Failed({
  preview,
  problems,
}: {
  preview: Preview;
  problems: readonly Diagnostic[];
}) {
  return (
    <EmptyState
      icon={<CircleAlert size={24} className="text-danger" />}
      title={problems[0]?.summary ?? "The preview failed"}
    >
      {problems.map((d, index) => (
        <p key={`${d.code}-${index}`}>{d.detail}</p>
      ))}
      {preview.message && (
        <p className="mt-2 text-left font-mono text-xs wrap-anywhere whitespace-pre-wrap select-text">
          {preview.message}
        </p>
      )}
    </EmptyState>
  );
}
