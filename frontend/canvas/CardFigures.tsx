import { memo } from "react";
import { useNodeFigures } from "../live/hooks";
import { useDocument } from "../document/store";
import { compact } from "./figures";

/** Live figures under the card: what the preview's node has made, and what went through it in the job. */
export const CardFigures = memo(function CardFigures({
  id,
  sink,
}: {
  id: string;
  sink: boolean;
}) {
  const pipeline = useDocument((state) => state.pipeline);
  const { count, rate, recordsIn, recordsOut } = useNodeFigures(pipeline, id);
  const records = sink ? recordsIn : (recordsOut ?? recordsIn);
  if (count === undefined && records === undefined) return null;
  return (
    <div className="card-figures">
      {count !== undefined && (
        <span title={`${count.toLocaleString()} rows in the preview`}>
          {compact(count)} rows
          {rate !== undefined && rate > 0 && ` · ${compact(rate)}/s`}
        </span>
      )}
      {records !== undefined && (
        <span
          className="card-figures-job"
          title={`${records.toLocaleString()} records ${sink ? "in" : "out"} of the job`}
        >
          {sink ? "in" : "out"} {compact(records)}
        </span>
      )}
    </div>
  );
});
