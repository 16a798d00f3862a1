import { Copy, Trash2 } from "lucide-react";
import { duplicate } from "../document/clipboard";
import { edgeKey } from "../document/document";
import { remove } from "../document/edits";
import { documentStore, useDocument } from "../document/store";
import { fieldOf, useFocusedField } from "../sql/field";
import { Button } from "../ui/Button";
import { NodeForm } from "./NodeForm";
import { PipelineForm } from "./PipelineForm";

/** What is selected, as a form; the pipeline's own settings when nothing is. */
export function Inspector() {
  return (
    <aside
      data-testid="inspector"
      aria-label="Inspector"
      className="h-full overflow-y-auto bg-surface"
      onFocus={({ target }) =>
        useFocusedField.setState({ field: fieldOf(target) })
      }
      onBlur={() => useFocusedField.setState({ field: "" })}
    >
      <Content />
    </aside>
  );
}

function Content() {
  const { nodes, edges } = useDocument((state) => state.selection);
  const [id = ""] = nodes;
  const node = useDocument((state) => state.document.nodes[id]);
  if (nodes.length === 1 && node)
    return <NodeForm key={id} id={id} node={node} />;
  if (nodes.length + edges.length === 0) return <PipelineForm />;
  return <SelectionForm nodes={nodes} edges={edges} />;
}

function SelectionForm({
  nodes,
  edges,
}: {
  nodes: readonly string[];
  edges: readonly string[];
}) {
  const title = useDocument(({ document }) => {
    if (nodes.length > 0) return `${nodes.length} nodes selected`;
    if (edges.length > 1) return `${edges.length} connections selected`;
    const edge = document.edges.find((one) => edgeKey(one) === edges[0]);
    const from = document.nodes[edge?.from ?? ""]?.name ?? "";
    const to = document.nodes[edge?.to ?? ""]?.name ?? "";
    return `Connection from ${from} to ${to}`;
  });
  return (
    <div className="flex flex-col gap-3 p-3">
      <h2 className="text-sm font-semibold">{title}</h2>
      <div className="flex gap-2">
        {nodes.length > 0 && (
          <Button
            size="sm"
            icon={<Copy size={13} />}
            onClick={() => {
              const { document } = documentStore.api.getState();
              const { nodes: made, ...edit } = duplicate(document, nodes);
              documentStore.edit(edit);
              documentStore.select({ nodes: made, edges: [] });
            }}
          >
            Duplicate
          </Button>
        )}
        <Button
          size="sm"
          icon={<Trash2 size={13} />}
          onClick={() => {
            const { document } = documentStore.api.getState();
            documentStore.edit(remove(document, [...nodes], [...edges]));
          }}
        >
          Delete
        </Button>
      </div>
    </div>
  );
}
