import { Handle, Position, useConnection, useStore } from "@xyflow/react";
import type { Kind } from "../api/types";
import { canConnect } from "../document/connect";
import type { Kinds } from "../document/kind";
import { documentStore } from "../document/store";
import { OUTPUT, portTop, titledPorts } from "./cardLayout";
import { useKindMap } from "./KindMap";

/** The port that a connection is being drawn from: "node handle type", or "" when none is. */
function useOpenEnd(): string {
  const dragged = useConnection((connection) =>
    connection.inProgress
      ? `${connection.fromHandle.nodeId}\n${connection.fromHandle.id ?? ""}\n${connection.fromHandle.type}`
      : "",
  );
  const clicked = useStore(({ connectionClickStartHandle: start }) =>
    start ? `${start.nodeId}\n${start.id ?? ""}\n${start.type}` : "",
  );
  return dragged || clicked;
}

/** How a port answers to the open end: it fits, it does not, or there is none. */
function portState(
  kinds: Kinds,
  openEnd: string,
  node: string,
  port: string,
): string {
  const [other = "", otherPort = "", type] = openEnd.split("\n");
  if (openEnd === "") return "";
  if (other === node && otherPort === port) return "port-open";
  const isOutput = port === OUTPUT;
  if ((type === "source") === isOutput) return "port-unfit";
  const { document } = documentStore.api.getState();
  const answer = isOutput
    ? canConnect(document, kinds, node, other, otherPort)
    : canConnect(document, kinds, other, node, port);
  return answer.ok ? "port-fit" : "port-unfit";
}

export function Ports({
  id,
  name,
  kind,
  usedPorts,
}: {
  id: string;
  name: string;
  kind: Kind | undefined;
  usedPorts: string;
}) {
  const kinds = useKindMap();
  const openEnd = useOpenEnd();
  const used = usedPorts.split(" ");
  const titled = titledPorts(kind);
  return (
    <>
      {(kind?.inputs ?? []).map((port) => (
        <Handle
          key={port.name}
          id={port.name}
          type="target"
          position={Position.Left}
          style={{ top: portTop(kind, port.name) }}
          data-testid={`port-${name}-${port.name}`}
          title={port.title}
          className={`port ${used.includes(port.name) ? "port-used" : ""} ${portState(kinds, openEnd, id, port.name)}`}
        />
      ))}
      {titled.map((port) => (
        <span
          key={port.name}
          className="port-title"
          style={{ top: portTop(kind, port.name) }}
        >
          {port.title}
        </span>
      ))}
      {(kind?.output ?? true) && (
        <Handle
          id={OUTPUT}
          type="source"
          position={Position.Right}
          style={{ top: portTop(undefined, OUTPUT) }}
          data-testid={`port-${name}-${OUTPUT}`}
          title="Output: drag to an input, or click and then click an input"
          className={`port ${portState(kinds, openEnd, id, OUTPUT)}`}
        />
      )}
    </>
  );
}
