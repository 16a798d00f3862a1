import "./preview.css";
import {
  defaultRangeExtractor as seen,
  type Range,
  useVirtualizer,
} from "@tanstack/react-virtual";
import { useId, useRef, useState } from "react";
import type { Row } from "../api/types";
import type { TableRow } from "../live/table";
import { type Column, gridTemplate } from "./cells";
import { GridHeader } from "./GridHeader";
import { GridRow } from "./GridRow";
import type { Order } from "./order";
import { RowActions } from "../trace/RowActions";
import { useFollow } from "./useFollow";
import { useGridSelection } from "./useGridSelection";
import { ValueDrawer } from "./ValueDrawer";
import type { RowsView } from "./views";
import { useWidths } from "./widths";

const rowHeight = 24;
const headerHeight = 42;
const sampleSize = 100;
const overscan = 8;
const freshMs = 1000;

/** Only the rows in view are in the page. */
export function RowsGrid({
  of,
  node,
  columns,
  rows,
  kinds,
  empty,
  keyColumns,
  eventTimes,
  order,
  onOrder,
  follow,
  onFollow,
}: {
  of: { preview: string; node: string };
  /** Names the node whose columns keep their widths. */
  node: string;
  columns: readonly Column[];
  rows: RowsView;
  /** Shows each row's kind: the rows are changes. */
  kinds: boolean;
  /** What is said when there are no rows. */
  empty: string;
  keyColumns: readonly number[] | null;
  eventTimes: ReadonlySet<string>;
  order: Order | null;
  onOrder: ((column: number) => void) | undefined;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  const { widths, choose } = useWidths(node, columns, useSample(rows));
  const template = gridTemplate(widths, kinds);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes what it returns
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollPaddingEnd: headerHeight,
    rangeExtractor: (range) => (follow ? newest(range) : seen(range)),
    useFlushSync: !follow,
  });
  const onScroll = useFollow({
    scroller,
    rowHeight,
    first: rows.fallen,
    end: rows.fallen + rows.length,
    follow,
    onFollow,
  });
  const { range, head, handlers } = useGridSelection({
    rows,
    columns,
    scroller,
    rowHeight,
    headerHeight,
    cellId: (key, column) => `${id}${key}-${column}`,
    show: (index) => virtual.scrollToIndex(index, { align: "auto" }),
    onSelect: () => onFollow(false),
    onOpen: () => setOpened(true),
  });
  const items = virtual.getVirtualItems();
  const active = items.some(({ index }) => index === head?.index);
  return (
    <div className="relative flex min-h-20 flex-1">
      {/* Positioned, so that thousands of rows can never make the panel itself taller. */}
      <RowActions of={of} rows={rows} active={head?.index} grid={scroller}>
        <div
          ref={scroller}
          onScroll={onScroll}
          {...handlers}
          role="grid"
          aria-label="Rows of the node"
          aria-multiselectable="true"
          aria-readonly="true"
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + (kinds ? 2 : 1)}
          aria-activedescendant={
            active && head ? `${id}${head.key}-${head.column}` : undefined
          }
          tabIndex={0}
          data-testid="rows-grid"
          className="rows-grid absolute inset-0 overflow-auto font-mono text-xs select-none focus-visible:-outline-offset-2"
        >
          <div className="w-max min-w-full">
            <GridHeader
              columns={columns}
              widths={widths}
              template={template}
              kinds={kinds}
              keyColumns={keyColumns}
              eventTimes={eventTimes}
              order={order}
              onOrder={onOrder}
              onWidth={choose}
            />
            <div
              role="rowgroup"
              className="relative"
              style={{ height: virtual.getTotalSize() }}
            >
              {items.map(({ index, start }) => {
                const row = rows.at(index);
                if (!row) return null;
                const key = rows.keyOf(index);
                const entry = rows.entryOf?.(index);
                // In a stream a new row takes over the element of the one that left.
                const slot = (rows.fallen + index) % items.length;
                const inRange =
                  range && index >= range.top && index <= range.bottom;
                return (
                  <GridRow
                    key={entry ? key : slot}
                    id={`${id}${key}`}
                    row={row}
                    number={rows.numberOf(index)}
                    index={index}
                    top={start}
                    columns={columns}
                    template={template}
                    kinds={kinds}
                    left={inRange ? range.left : -1}
                    right={inRange ? range.right : -1}
                    active={index === head?.index ? head.column : -1}
                    before={entry && entry.before}
                    updates={
                      entry && isFresh(entry) ? entry.updates : undefined
                    }
                  />
                );
              })}
            </div>
          </div>
        </div>
      </RowActions>
      {rows.length === 0 && (
        <p className="pointer-events-none absolute inset-x-0 top-14 text-center text-xs text-muted">
          {empty}
        </p>
      )}
      {opened && (
        <ValueDrawer
          column={columns[head?.column ?? -1]}
          row={head ? rows.at(head.index) : undefined}
          number={head ? rows.numberOf(head.index) : 0}
          at={head?.column ?? 0}
          onClose={() => {
            setOpened(false);
            scroller.current?.focus();
          }}
        />
      )}
    </div>
  );
}

/** Whether the row changed a moment ago: one that is scrolled to later is not lit. */
function isFresh({ changedAt }: TableRow): boolean {
  return performance.now() - changedAt < freshMs;
}

/** As many rows as are seen, but the last ones: the scroller gets to them only after they are in the page. */
function newest({ startIndex, endIndex, count }: Range): number[] {
  // In steps, so that it stays the same while half a row more or less is seen.
  const wanted = endIndex - startIndex + 1 + overscan;
  const length = Math.min(count, overscan * Math.ceil(wanted / overscan));
  return Array.from({ length }, (_, i) => count - length + i);
}

/** Some rows, taken again while the first ones come in, then left alone: columns that jump cannot be read. */
function useSample(rows: RowsView): readonly Row[] {
  const size = Math.min(rows.length, sampleSize);
  const [sample, setSample] = useState(() => ({
    size,
    rows: lastOf(rows, size),
  }));
  if (sample.size >= size) return sample.rows;
  const taken = { size, rows: lastOf(rows, size) };
  setSample(taken);
  return taken.rows;
}

function lastOf(rows: RowsView, size: number): Row[] {
  const result: Row[] = [];
  for (let i = rows.length - size; i < rows.length; i++) {
    const row = rows.at(i);
    if (row) result.push(row);
  }
  return result;
}
