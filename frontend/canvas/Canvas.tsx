import "@xyflow/react/dist/base.css";
import "./canvas.css";
import {
  Background,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  SelectionMode,
} from "@xyflow/react";
import { type DragEvent, useRef, useState } from "react";
import { isLive } from "../live/state";
import { useLivePreview } from "../live/hooks";
import { documentStore, useDocument } from "../document/store";
import { CanvasToolbar } from "./CanvasToolbar";
import { categoryClass } from "./categories";
import { type Flow, FIT } from "./commands";
import { EmptyCanvas } from "./EmptyCanvas";
import { FlowEdgeLine } from "./FlowEdgeLine";
import type { CardNode } from "./flowNodes";
import { dropNode } from "./gestures";
import { useKindMap } from "./KindMap";
import { NodeCard } from "./NodeCard";
import { CARD_WIDTH, HEADER_HEIGHT } from "./cardLayout";
import { DRAGGED_KIND } from "./Palette";
import { GRID } from "./placement";
import { PointerHint, useConnecting } from "./useConnecting";
import { useFlow } from "./useFlow";
import { useCanvasKeys } from "./useCanvasKeys";

const nodeTypes: NodeTypes = { card: NodeCard };
const edgeTypes: EdgeTypes = { flow: FlowEdgeLine };
const snapGrid: [number, number] = [GRID, GRID];
const pro = { hideAttribution: true };
// The left button draws a box around nodes; the middle and right ones, the wheel and Space move the paper.
const PAN_BUTTONS = [1, 2];

/** The document drawn. `onOpenNode` is Enter on a card: on to its form. */
export function Canvas({
  pipeline,
  onOpenNode,
}: {
  pipeline: string;
  onOpenNode: () => void;
}) {
  const kinds = useKindMap();
  const flow = useRef<Flow>(null);
  const { nodes, edges, onNodesChange, onEdgesChange } = useFlow();
  const { hint, ...connecting } = useConnecting();
  const preview = useLivePreview(pipeline);
  const empty = useDocument(({ document }) => isEmpty(document.nodes));
  // Left on, React Flow would move the first card that is dropped to the middle.
  const [hadNodes] = useState(!empty);
  useCanvasKeys();

  const onDrop = (event: DragEvent) => {
    const kind = kinds.get(event.dataTransfer.getData(DRAGGED_KIND));
    if (!kind || !flow.current) return;
    event.preventDefault();
    const at = flow.current.screenToFlowPosition({
      x: event.clientX,
      y: event.clientY,
    });
    dropNode(kind, {
      x: at.x - CARD_WIDTH / 2,
      y: at.y - HEADER_HEIGHT / 2,
    });
  };

  return (
    <div
      data-testid="canvas"
      className={`canvas ${preview && isLive(preview) ? "canvas-live" : ""}`}
      onDragOver={allowKinds}
      onDrop={onDrop}
      onKeyDown={(event) => {
        const onCard = (event.target as Element).matches(".react-flow__node");
        if (event.key === "Enter" && onCard) requestAnimationFrame(onOpenNode);
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={(instance) => {
          flow.current = instance;
        }}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        {...connecting}
        onPaneClick={() => documentStore.select({ nodes: [], edges: [] })}
        onlyRenderVisibleElements
        fitView={hadNodes}
        fitViewOptions={FIT}
        minZoom={0.08}
        maxZoom={2}
        snapToGrid
        snapGrid={snapGrid}
        connectOnClick
        connectionRadius={28}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={PAN_BUTTONS}
        panOnScroll
        zoomOnDoubleClick={false}
        multiSelectionKeyCode={["Shift", "Control", "Meta"]}
        selectionKeyCode={null}
        deleteKeyCode={null}
        elevateNodesOnSelect={false}
        proOptions={pro}
      >
        <Background gap={GRID * 3} size={1.4} />
        <CanvasToolbar />
        {!empty && (
          <MiniMap<CardNode>
            pannable
            zoomable
            nodeClassName={(node) => categoryClass(node.data.kind?.category)}
            nodeBorderRadius={16}
            ariaLabel="Overview map"
          />
        )}
      </ReactFlow>
      {empty && <EmptyCanvas />}
      {hint && <PointerHint {...hint} />}
    </div>
  );
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

function allowKinds(event: DragEvent): void {
  if (!event.dataTransfer.types.includes(DRAGGED_KIND)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
}
