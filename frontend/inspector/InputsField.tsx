import { X } from "lucide-react";
import type { Port } from "../api/types";
import { useKindMap } from "../canvas/KindMap";
import { canConnect } from "../document/connect";
import { edgeKey, nodeName } from "../document/document";
import { connect, remove } from "../document/edits";
import { documentStore, useDocument } from "../document/store";
import { Select } from "../ui/Select";

/** What flows into the node, port by port: to read, and to connect without a mouse. */
export function InputsField({
  id,
  ports,
}: {
  id: string;
  ports: readonly Port[];
}) {
  if (ports.length === 0) return null;
  return (
    <div data-testid="field-inputs" className="flex flex-col gap-1">
      {ports.map((port) => (
        <PortRow key={port.name} id={id} port={port} />
      ))}
    </div>
  );
}

function PortRow({ id, port }: { id: string; port: Port }) {
  const document = useDocument((state) => state.document);
  const kinds = useKindMap();
  const edges = document.edges.filter(
    (edge) => edge.to === id && edge.port === port.name,
  );
  const possible = Object.entries(document.nodes)
    .filter(([from]) => canConnect(document, kinds, from, id, port.name).ok)
    .map(([value, node]) => ({ value, title: node.name }));
  return (
    <div className="flex min-h-7.5 items-start gap-2">
      <span className="w-14 shrink-0 truncate pt-1.5 text-xs font-medium text-muted">
        {port.title}
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
        {edges.map((edge) => (
          <span
            key={edge.from}
            className="flex h-6.5 max-w-full items-center rounded-md border bg-sunken pl-2 font-mono text-xs"
          >
            <button
              type="button"
              title="Go to this node"
              className="truncate hover:text-accent"
              onClick={() =>
                documentStore.select({ nodes: [edge.from], edges: [] })
              }
            >
              {nodeName(document, edge.from)}
            </button>
            <button
              type="button"
              aria-label={`Disconnect ${nodeName(document, edge.from)}`}
              className="grid size-6 shrink-0 place-items-center text-faint hover:text-text"
              onClick={() =>
                documentStore.edit(remove(document, [], [edgeKey(edge)]))
              }
            >
              <X size={12} />
            </button>
          </span>
        ))}
        {(edges.length === 0 || port.many) && possible.length > 0 && (
          <div className="min-w-28 flex-1">
            <Select
              label={`Connect ${port.title}`}
              hideLabel
              placeholder={
                edges.length === 0 ? "Not connected" : "Connect another"
              }
              value=""
              options={possible}
              onChange={(from) =>
                documentStore.edit(
                  connect(document, { from, to: id, port: port.name }),
                )
              }
            />
          </div>
        )}
        {edges.length === 0 && possible.length === 0 && (
          <span className="pt-1 text-xs text-faint">
            Nothing there to connect yet
          </span>
        )}
      </div>
    </div>
  );
}
