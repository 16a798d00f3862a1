import type { Connection } from "@xyflow/react";
import type { Kind } from "../api/types";
import type { Analysis } from "../document/analysis";
import { canConnect, firstFreePort } from "../document/connect";
import type { PipelineEdge, Position } from "../document/document";
import { addNode, connect } from "../document/edits";
import type { Kinds } from "../document/kind";
import { setEdge } from "../document/operations";
import { apply } from "../document/operations";
import { documentStore } from "../document/store";
import { cardSize, SHOWN_COLUMNS } from "./cardLayout";
import { freeSpot, rightOf, snap, type Box } from "./placement";

// What gestures on the canvas do to the document.

type Columns = Analysis["columns"];

/** Adds a node where it was dropped. */
export function dropNode(kind: Kind, position: Position): string | undefined {
  const { document } = documentStore.api.getState();
  const { id, ...edit } = addNode(document, kind, snap(position));
  if (!documentStore.edit(edit)) return undefined;
  documentStore.select({ nodes: [id], edges: [] });
  return id;
}

/** Adds a node right of the selected one and connects the two where that fits, else in the middle of the view. */
export function clickNode(
  kinds: Kinds,
  kind: Kind,
  columns: Columns,
  centre: Position,
): string | undefined {
  const { document, selection } = documentStore.api.getState();
  const [selected] = selection.nodes.length === 1 ? selection.nodes : [];
  const boxes = boxesOf(kinds, columns);
  const beside = selected === undefined ? undefined : boxes.get(selected);
  // As tall as it may become once its columns are known, so that it grows over nobody.
  const { height, width } = cardSize(kind, kind.output ? SHOWN_COLUMNS + 2 : 0);
  const wanted = beside
    ? rightOf(beside)
    : { x: centre.x - width / 2, y: centre.y - height / 2 };
  const spot = freeSpot([...boxes.values()], wanted, height);
  const { id, ...edit } = addNode(document, kind, spot);
  const added = apply(document, edit.operations);
  const edge =
    added.ok && selected !== undefined
      ? firstFreePort(added.document, kinds, selected, id)
      : undefined;
  if (edge) edit.operations.push(setEdge(edge));
  if (!documentStore.edit(edit)) return undefined;
  documentStore.select({ nodes: [id], edges: [] });
  return id;
}

function boxesOf(kinds: Kinds, columns: Columns): Map<string, Box> {
  const { document } = documentStore.api.getState();
  return new Map(
    Object.entries(document.nodes).map(([id, node]) => {
      const size = cardSize(kinds.get(node.kind), columns.get(id)?.length ?? 0);
      return [id, { ...node.position, ...size }];
    }),
  );
}

export function edgeOf(connection: Connection): PipelineEdge {
  return {
    from: connection.source,
    to: connection.target,
    port: connection.targetHandle ?? "",
  };
}

export function mayConnect(kinds: Kinds, edge: PipelineEdge): boolean {
  const { document } = documentStore.api.getState();
  return canConnect(document, kinds, edge.from, edge.to, edge.port).ok;
}

/** Connects, or answers with the sentence that says why not. */
export function tryConnect(
  kinds: Kinds,
  edge: PipelineEdge,
): string | undefined {
  const { document } = documentStore.api.getState();
  const answer = canConnect(document, kinds, edge.from, edge.to, edge.port);
  if (!answer.ok) return answer.reason;
  documentStore.edit(connect(document, edge));
  return undefined;
}

/** A drag that ended on a card instead of a port goes to the card's first free port. */
export function connectToCard(
  kinds: Kinds,
  from: string,
  to: string,
): string | undefined {
  const { document } = documentStore.api.getState();
  const edge = firstFreePort(document, kinds, from, to);
  const inputs = kinds.get(document.nodes[to]?.kind ?? "")?.inputs;
  return tryConnect(
    kinds,
    edge ?? { from, to, port: inputs?.[0]?.name ?? "in" },
  );
}
