import {
  defaultRangeExtractor as seen,
  type Range,
  useVirtualizer,
} from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import type { Row } from "../api/types";
import { type Column, columnWidths, gridTemplate } from "./cells";
import { GridHeader } from "./GridHeader";
import { GridRow } from "./GridRow";
import { useFollow } from "./useFollow";

/** The rows that a grid shows: a running ring or a frozen copy of one. */
export interface RowsView {
  length: number;
  at: (index: number) => Row | undefined;
  placeOf: (index: number) => number;
}

const rowHeight = 24;
const sampleSize = 100;
const overscan = 8;

/** Only the rows in view are in the page. */
export function RowsGrid({
  columns,
  rows,
  follow,
  onFollow,
}: {
  columns: readonly Column[];
  rows: RowsView;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  // Measured again while the first rows come in, then left alone: columns that jump cannot be read.
  const measured = Math.min(rows.length, sampleSize);
  const template = useMemo(
    () => gridTemplate(columnWidths(columns, sample(rows, measured))),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows is another object in each frame
    [columns, measured],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    rangeExtractor: (range) => (follow ? newest(range) : seen(range)),
  });
  const onScroll = useFollow({
    scroller,
    rowHeight,
    first: rows.placeOf(0),
    end: rows.placeOf(rows.length),
    follow,
    onFollow,
  });
  // Positioned, so that thousands of rows can never make the panel itself taller.
  return (
    <div className="relative min-h-20 flex-1">
      <div
        ref={scroller}
        onScroll={onScroll}
        role="table"
        aria-label="Rows of the node"
        aria-rowcount={rows.length + 1}
        tabIndex={0}
        data-testid="rows-grid"
        className="absolute inset-0 overflow-auto font-mono text-xs focus-visible:-outline-offset-2"
      >
        <div className="w-max min-w-full">
          <GridHeader columns={columns} template={template} />
          <div
            role="rowgroup"
            className="relative"
            style={{ height: virtual.getTotalSize() }}
          >
            {virtual.getVirtualItems().map((item) => (
              <GridRow
                key={rows.placeOf(item.index)}
                row={rows.at(item.index)}
                place={rows.placeOf(item.index)}
                index={item.index}
                top={item.start}
                columns={columns}
                template={template}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** As many rows as are seen, but the last ones: the scroller gets to them only after they are in the page. */
function newest({ startIndex, endIndex, count }: Range): number[] {
  const length = Math.min(count, endIndex - startIndex + 1 + 2 * overscan);
  return Array.from({ length }, (_, i) => count - length + i);
}

function sample(rows: RowsView, size: number): Row[] {
  const result: Row[] = [];
  for (let i = rows.length - size; i < rows.length; i++) {
    const row = rows.at(i);
    if (row) result.push(row);
  }
  return result;
}
