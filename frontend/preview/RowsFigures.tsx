import type { Preview } from "../api/types";
import { useNodeFigures, usePreviewRows } from "../live/hooks";
import { ringSize } from "../live/nodeRows";
import { count, perSecond, plural } from "../ui/format";
import { watermarkText } from "./watermark";

/** How much the node has made, how fast, how far event time is, and what of it is not here. */
export function RowsFigures({
  preview,
  node,
}: {
  preview: Preview;
  node: string;
}) {
  const figures = useNodeFigures(preview.pipeline, node);
  const ring = usePreviewRows(preview.id, node)?.ring;
  const total = figures.count ?? 0;
  const { rate, watermark, dropped = 0 } = figures;
  const skipped = ring?.skipped ?? 0;
  const evicted = ring?.evicted ?? 0;
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-muted tabular-nums">
      <span data-testid="rows-count" data-count={total}>
        <span className="font-semibold text-text">{count(total)}</span>{" "}
        {total === 1 ? "row" : "rows"}
      </span>
      {rate !== undefined && (
        <span title="Rows a second of this preview. A job has its own figures.">
          {perSecond(rate)} in the preview
        </span>
      )}
      {watermark !== undefined && (
        <span
          data-testid="rows-watermark"
          title="No row with an earlier event time is expected any more"
        >
          watermark {watermarkText(watermark)}
        </span>
      )}
      {evicted > 0 && (
        <span title="The oldest make room for new ones; all are counted.">
          the last {count(ring?.length ?? ringSize)} are kept
        </span>
      )}
      {skipped > 0 && (
        <span
          className="text-warn"
          title="They were made faster than this page could take them; they are counted."
        >
          {plural(skipped, "row")} skipped
        </span>
      )}
      {dropped > 0 && (
        <span className="text-warn" data-testid="rows-dropped">
          {plural(dropped, "row was", "rows were")} not sent: too many to show
        </span>
      )}
    </p>
  );
}
