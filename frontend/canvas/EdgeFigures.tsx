import { EdgeLabelRenderer, useStore } from "@xyflow/react";
import { memo } from "react";
import { useDocument } from "../document/store";
import { useNodeFigures, useNodeKinds } from "../live/hooks";
import { perSecond } from "../ui/format";
import { FAR } from "./commands";
import { kindsBadge } from "./figures";

/** On a line: the kinds of the rows that have come along it in the preview, and how fast they come. */
export const EdgeFigures = memo(function EdgeFigures({
  from,
  x,
  y,
}: {
  /** The node whose output the line carries. */
  from: string;
  x: number;
  y: number;
}) {
  const far = useStore((state) => state.transform[2] < FAR);
  const pipeline = useDocument((state) => state.pipeline);
  const kinds = useNodeKinds(pipeline, from);
  const { rate } = useNodeFigures(pipeline, from);
  if (far || kinds === 0) return null;
  return (
    <EdgeLabelRenderer>
      <div
        className="edge-figures"
        style={{
          transform: `translate(-50%, -100%) translate(${x}px, ${y - 3}px)`,
        }}
      >
        <span data-testid={`changelog-${from}`}>{kindsBadge(kinds)}</span>
        {rate !== undefined && rate > 0 && (
          <span className="edge-rate">{perSecond(rate)}</span>
        )}
      </div>
    </EdgeLabelRenderer>
  );
});
