import { useDocument } from "../document/store";
import { EmptyState } from "../ui/EmptyState";
import { SampleEditor } from "./SampleEditor";
import { SampleList } from "./SampleList";

/** The sample of the selected source; without one, the sources to choose from. */
export function SampleTab({
  pipeline,
  node,
}: {
  pipeline: string;
  node: string | null;
}) {
  const kind = useDocument(({ document }) => document.nodes[node ?? ""]?.kind);
  const sources = useDocument(({ document }) =>
    Object.values(document.nodes).some((other) => other.kind === "source"),
  );
  return (
    <section
      aria-label="Sample"
      data-testid="sample-tab"
      className="flex min-h-0 flex-1 flex-col bg-surface"
    >
      {node !== null && kind === "source" ? (
        <SampleEditor key={node} pipeline={pipeline} id={node} />
      ) : sources ? (
        <SampleList />
      ) : (
        <EmptyState title="There is no source yet">
          A source can be previewed on a sample: some rows of your own, the same
          each time.
        </EmptyState>
      )}
    </section>
  );
}
