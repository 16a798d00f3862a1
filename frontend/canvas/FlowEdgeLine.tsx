import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
} from "@xyflow/react";
import { X } from "lucide-react";
import { memo } from "react";
import { remove } from "../document/edits";
import { documentStore } from "../document/store";
import { EdgeFigures } from "./EdgeFigures";
import { useEdgeMark } from "../trace/following";
import { HANDLE_SIZE } from "./cardLayout";
import type { FlowEdge } from "./flowNodes";

// A port's hit area is larger than its dot; the line goes to the dot.
const INSET = HANDLE_SIZE / 2 - 5;

export const FlowEdgeLine = memo(function FlowEdgeLine({
  id,
  source,
  target,
  targetHandleId,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  selected,
}: EdgeProps<FlowEdge>) {
  const [path, labelX, labelY] = getBezierPath({
    sourceX: sourceX - INSET,
    sourceY,
    targetX: targetX + INSET,
    targetY,
    sourcePosition,
    targetPosition,
  });
  const mark = useEdgeMark(source, target, targetHandleId ?? "");
  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={24}
        className={mark && `mark-${mark}`}
      />
      {!selected && <EdgeFigures from={source} x={labelX} y={labelY} />}
      {selected && (
        <EdgeLabelRenderer>
          <button
            type="button"
            aria-label="Delete connection"
            title="Delete connection"
            className="edge-delete nodrag nopan"
            style={{
              transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`,
            }}
            onClick={() => {
              const { document } = documentStore.api.getState();
              documentStore.edit(remove(document, [], [id]));
            }}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
