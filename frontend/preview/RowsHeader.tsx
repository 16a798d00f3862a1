import { ArrowDownToLine, Pause, Play } from "lucide-react";
import type { Preview } from "../api/types";
import { useNodeFigures, usePreviewRows } from "../live/hooks";
import { ringSize } from "../live/state";
import { Button } from "../ui/Button";
import { count, perSecond, plural } from "../ui/format";
import { ChangedSince } from "./ChangedSince";
import { PreviewState } from "./PreviewState";

/** What is known about the node's rows, and how to hold them still. */
export function RowsHeader({
  preview,
  node,
  follow,
  paused,
  onFollow,
  onPause,
}: {
  preview: Preview;
  node: string | null;
  follow: boolean;
  paused: boolean;
  onFollow: (follow: boolean) => void;
  onPause: (paused: boolean) => void;
}) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-3 border-b px-3 text-xs">
      <PreviewState preview={preview} />
      {node !== null && <Figures preview={preview} node={node} />}
      <ChangedSince preview={preview} />
      <div className="ml-auto flex gap-1">
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={follow}
          className={follow ? "text-accent!" : ""}
          icon={<ArrowDownToLine size={13} />}
          onClick={() => onFollow(!follow)}
        >
          Follow newest
        </Button>
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={paused}
          icon={paused ? <Play size={13} /> : <Pause size={13} />}
          onClick={() => onPause(!paused)}
        >
          {paused ? "Resume view" : "Pause view"}
        </Button>
      </div>
    </div>
  );
}

function Figures({ preview, node }: { preview: Preview; node: string }) {
  const figures = useNodeFigures(preview.pipeline, node);
  const skipped = usePreviewRows(preview.id, node)?.ring.skipped ?? 0;
  const total = figures.count ?? 0;
  return (
    <p className="flex min-w-0 items-center gap-3 truncate text-muted tabular-nums">
      <span data-testid="rows-count" data-count={total}>
        <span className="font-semibold text-text">{count(total)}</span>{" "}
        {total === 1 ? "row" : "rows"}
      </span>
      {figures.rate !== undefined && <span>{perSecond(figures.rate)}</span>}
      {total > ringSize && <span>the last {count(ringSize)} are kept</span>}
      {skipped > 0 && (
        <span
          className="text-warn"
          title="They were made faster than this page could take them; they are counted."
        >
          {plural(skipped, "row")} skipped
        </span>
      )}
    </p>
  );
}
