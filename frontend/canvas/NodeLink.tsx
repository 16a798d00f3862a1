import { useReactFlow } from "@xyflow/react";
import { nodeName } from "../document/document";
import { documentStore, useDocument } from "../document/store";
import { showCard } from "./showCard";

/** A node by its name: a click selects it and moves its card into view. */
export function NodeLink({ node }: { node: string }) {
  const name = useDocument(({ document }) => nodeName(document, node));
  const known = useDocument(
    ({ document }) => document.nodes[node] !== undefined,
  );
  const flow = useReactFlow();
  if (!known) return <span className="font-mono">{name}</span>;
  return (
    <button
      type="button"
      title="Go to this node"
      className="max-w-full truncate font-mono text-accent hover:underline"
      onClick={() => {
        documentStore.select({ nodes: [node], edges: [] });
        showCard(flow, node);
      }}
    >
      {name}
    </button>
  );
}
