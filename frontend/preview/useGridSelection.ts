import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useState,
} from "react";
import { cellText, type Column } from "./cells";
import { tsv } from "./csv";
import {
  extendTo,
  moved,
  type Range,
  rangeOf,
  selectAll,
  selectCell,
  type Selection,
  selectRow,
} from "./selection";
import type { RowsView } from "./views";

interface Options {
  rows: RowsView;
  columns: readonly Column[];
  scroller: RefObject<HTMLElement | null>;
  rowHeight: number;
  headerHeight: number;
  cellId: (key: number, column: number) => string;
  /** Scrolls a row into view. */
  show: (index: number) => void;
  /** Something was selected: rows that run away could not be read. */
  onSelect: () => void;
  /** The active cell's value is to be shown whole. */
  onOpen: () => void;
}

/** Selects cells and rows by mouse and keyboard, and copies them. The focus stays on the grid. */
export function useGridSelection(options: Options) {
  const { rows, columns, scroller, rowHeight, headerHeight } = options;
  const [selection, setSelection] = useState<Selection | null>(null);
  const range = rangeOf(selection, rows, columns.length);
  const headIndex = selection ? rows.indexOf(selection.head.key) : -1;
  const head =
    selection && headIndex >= 0
      ? { ...selection.head, index: headIndex }
      : null;

  const select = (next: Selection | null) => {
    if (!next) return;
    setSelection(next);
    options.onSelect();
  };
  const reveal = ({ head: { key, column } }: Selection) => {
    options.show(rows.indexOf(key));
    requestAnimationFrame(() =>
      document
        .getElementById(options.cellId(key, column))
        ?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
  };
  const pick = (event: PointerEvent) => {
    const at = cellAt(event.target);
    if (!at) return;
    const key = rows.keyOf(at.index);
    if (event.shiftKey || event.type === "pointermove")
      select(extendTo(selection, key, Math.max(0, at.column)));
    else select(at.column < 0 ? selectRow(key) : selectCell(key, at.column));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const element = scroller.current;
    const seen = {
      top: Math.ceil((element?.scrollTop ?? 0) / rowHeight),
      count: Math.floor(
        ((element?.clientHeight ?? 0) - headerHeight) / rowHeight,
      ),
    };
    const next = moved(selection, event, rows, columns.length, seen);
    const all = event.key === "a" && (event.ctrlKey || event.metaKey);
    if (next) {
      select(next);
      reveal(next);
    } else if (all) select(selectAll(rows));
    else if (event.key === " " && event.shiftKey && selection)
      select({ ...selection, rows: true });
    else if ((event.key === "Enter" || event.key === " ") && head)
      options.onOpen();
    else if (event.key === "Escape" && selection) setSelection(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    range,
    head,
    handlers: {
      onKeyDown,
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0) pick(event);
      },
      onPointerMove: (event: PointerEvent) => {
        if (event.buttons === 1 && selection) pick(event);
      },
      onDoubleClick: (event: { target: EventTarget }) => {
        if ((cellAt(event.target)?.column ?? -1) >= 0) options.onOpen();
      },
      onCopy: (event: ClipboardEvent) => {
        if (!range) return;
        event.clipboardData.setData("text/plain", textOf(rows, range));
        event.preventDefault();
      },
    },
  };
}

function cellAt(target: EventTarget): { index: number; column: number } | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest<HTMLElement>("[data-cell]")?.dataset["cell"];
  const row = target.closest<HTMLElement>("[data-row]")?.dataset["row"];
  if (cell === undefined || row === undefined) return null;
  return { index: Number(row), column: Number(cell) };
}

function textOf(rows: RowsView, { top, bottom, left, right }: Range): string {
  const lines: (string | null)[][] = [];
  for (let index = top; index <= bottom; index++) {
    const values = rows.at(index)?.values ?? [];
    const line: (string | null)[] = [];
    for (let column = left; column <= right; column++)
      line.push(cellText(values[column]));
    lines.push(line);
  }
  return tsv(lines);
}
