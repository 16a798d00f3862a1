import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useId, useImperativeHandle, useMemo, useRef } from "react";
import type { SampleRow } from "../document/document";
import { columnWidths, gridTemplate } from "../preview/cells";
import { DataRow } from "./DataRow";
import { DataGridHeader } from "./DataGridHeader";
import type { GridColumn } from "./gridRows";
import { rowHeight, useGridEditing } from "./useGridEditing";

/** What is wrong with rows ("3") and cells ("3 name"). */
export type GridProblems = ReadonlyMap<string, string>;

export interface GridHandle {
  /** Adds an empty row below the active one, or at the end, and goes to it. */
  addRow: () => void;
  /** Removes the selected rows. */
  removeRows: () => void;
}

/** Rows that are edited as in a spreadsheet. The focus stays on the grid while no cell is typed into. */
export function DataGrid({
  label,
  columns,
  rows,
  kinds,
  problems,
  empty,
  most,
  onChange,
  onRemoveColumn,
  handle,
}: {
  label: string;
  columns: readonly GridColumn[];
  rows: readonly SampleRow[];
  /** Shows each row's kind in the changelog. */
  kinds: boolean;
  problems: GridProblems;
  /** What is said when there are no rows. */
  empty: string;
  /** Rows at most. */
  most: number;
  /** `what` names the edit: "Edit id". */
  onChange: (rows: SampleRow[], what: string) => void;
  onRemoveColumn?: (name: string) => void;
  handle?: Ref<GridHandle>;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const template = useMemo(
    () => templateOf(columns, rows, kinds),
    [columns, rows, kinds],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes what it returns
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: 42,
  });
  const grid = useGridEditing({
    columns,
    rows,
    kinds,
    most,
    onChange,
    scroller,
    show: (row) => {
      if (row < rows.length) virtual.scrollToIndex(row, { align: "auto" });
    },
    cellId: (row, column) => `${id}${row}-${column}`,
  });
  useImperativeHandle(handle, () => ({
    addRow: grid.addRow,
    removeRows: grid.removeRows,
  }));
  const { head, block, editing } = grid;
  const items = virtual.getVirtualItems();
  return (
    <div className="relative min-h-20 min-w-0 flex-1">
      <div
        ref={scroller}
        {...grid.handlers}
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + (kinds ? 2 : 1)}
        aria-activedescendant={
          rows.length > 0 && !editing
            ? `${id}${head.row}-${head.column}`
            : undefined
        }
        tabIndex={0}
        data-testid="data-grid"
        className="absolute inset-0 overflow-auto font-mono text-xs select-none focus-visible:-outline-offset-2"
      >
        <div className="w-max min-w-full">
          <DataGridHeader
            columns={columns}
            kinds={kinds}
            template={template}
            onRemove={onRemoveColumn}
          />
          <div
            role="rowgroup"
            className="relative"
            style={{ height: virtual.getTotalSize() }}
          >
            {items.map(({ index, start }) => {
              const row = rows[index];
              if (!row) return null;
              const selected = index >= block.top && index <= block.bottom;
              return (
                <DataRow
                  key={index}
                  id={`${id}${index}`}
                  row={row}
                  index={index}
                  top={start}
                  columns={columns}
                  kinds={kinds}
                  template={template}
                  problems={problems}
                  left={selected ? block.left : 1}
                  right={selected ? block.right : 0}
                  active={index === head.row ? head.column : undefined}
                  editing={index === head.row ? editing : null}
                  onCommit={grid.commit}
                  onKind={grid.setKind}
                  onCancel={grid.cancel}
                />
              );
            })}
          </div>
        </div>
      </div>
      {rows.length === 0 && (
        <p className="pointer-events-none absolute inset-x-0 top-14 px-4 text-center text-xs text-muted">
          {empty}
        </p>
      )}
    </div>
  );
}

function templateOf(
  columns: readonly GridColumn[],
  rows: readonly SampleRow[],
  kinds: boolean,
): string {
  const sample = rows
    .slice(0, 50)
    .map(({ values }) => ({ kind: "+I" as const, values }));
  return gridTemplate(columnWidths(columns, sample), kinds);
}
