import { memo } from "react";
import { useDocument } from "../document/store";
import { useLivePreview, useNodeFigures, useNodeKinds } from "../live/hooks";
import { useStaleNodes } from "../preview/started";
import { perSecond } from "../ui/format";
import { compact, kindsText } from "./figures";

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
  const kinds = kindsText(useNodeKinds(pipeline, id));
  const stale = useStaleNodes(useLivePreview(pipeline)?.id).has(id);
  const records = sink ? recordsIn : (recordsOut ?? recordsIn);
  if (count === undefined && records === undefined) return null;
  return (
    <div className="card-figures">
      {count !== undefined && (
        <span
          className={stale ? "card-figures-stale" : ""}
          title={`${count.toLocaleString()} rows in the preview`}
        >
          {compact(count)} rows
          {rate !== undefined && rate > 0 && ` · ${perSecond(rate)}`}
          {kinds !== "" && <span className="sr-only">, {kinds}</span>}
        </span>
      )}
      {count !== undefined && stale && (
        <span
          className="card-figures-old"
          data-testid="card-stale"
          title="These rows are older than the node’s SQL"
        >
          old rows
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
