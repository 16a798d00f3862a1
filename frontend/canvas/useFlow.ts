import type { EdgeChange, NodeChange } from "@xyflow/react";
import { useMemo, useRef, useState } from "react";
import { useAnalysis } from "../document/AnalysisProvider";
import type { Position } from "../document/document";
import { move } from "../document/edits";
import { documentStore, useDocument } from "../document/store";
import { type CardNode, FlowCache, type FlowEdge } from "./flowNodes";
import { useKindMap } from "./KindMap";

type Moving = ReadonlyMap<string, Position>;

const NOT_MOVING: Moving = new Map();
const BURST_MS = 1000;

/** The document as React Flow's nodes and edges, and React Flow's changes as edits of the document. */
export function useFlow() {
  const kinds = useKindMap();
  const analysis = useAnalysis();
  const document = useDocument((state) => state.document);
  const selection = useDocument((state) => state.selection);
  const [cache] = useState(() => new FlowCache());
  // Where dragged nodes are while the button is down: only the drop is an edit.
  const [moving, setMoving] = useState(NOT_MOVING);
  const burst = useRef({ name: "", until: 0 });

  const nodes = useMemo(
    () => cache.nodesOf(document, kinds, analysis, selection, moving),
    [cache, document, kinds, analysis, selection, moving],
  );
  const edges = useMemo(
    () => cache.edgesOf(document, selection),
    [cache, document, selection],
  );

  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    const dragged = positionsOf(changes, true);
    const dropped = positionsOf(changes, false);
    if (dragged.size > 0)
      setMoving((before) => new Map([...before, ...dragged]));
    if (dropped.size > 0) {
      // Arrow keys move without a drag; presses that follow each other are one step.
      const burstName = moving.size > 0 ? undefined : nextBurst(burst.current);
      setMoving(NOT_MOVING);
      moveNodes(dropped, burstName);
    }
    select("nodes", changes);
  };
  const onEdgesChange = (changes: EdgeChange<FlowEdge>[]) =>
    select("edges", changes);

  return { nodes, edges, onNodesChange, onEdgesChange };
}

function moveNodes(positions: Moving, burst: string | undefined): void {
  const edit = move(documentStore.api.getState().document, positions);
  if (edit.operations.length > 0) documentStore.edit(edit, burst);
}

function nextBurst(burst: { name: string; until: number }): string {
  const now = Date.now();
  if (now > burst.until) burst.name = `arrows-${now}`;
  burst.until = now + BURST_MS;
  return burst.name;
}

function positionsOf(
  changes: NodeChange<CardNode>[],
  dragging: boolean,
): Map<string, Position> {
  const positions = new Map<string, Position>();
  for (const change of changes) {
    if (change.type !== "position" || !change.position) continue;
    if ((change.dragging ?? false) === dragging)
      positions.set(change.id, change.position);
  }
  return positions;
}

function select(
  part: "nodes" | "edges",
  changes: (NodeChange<CardNode> | EdgeChange<FlowEdge>)[],
): void {
  const marks = changes.filter((change) => change.type === "select");
  if (marks.length === 0) return;
  const { selection } = documentStore.api.getState();
  const chosen = new Set(selection[part]);
  for (const { id, selected } of marks) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  documentStore.select({ ...selection, [part]: [...chosen] });
}
