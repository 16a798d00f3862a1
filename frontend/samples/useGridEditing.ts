import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useRef,
  useState,
} from "react";
import { type RowKind, sameJson, type SampleRow } from "../document/document";
import { documentStore } from "../document/store";
import { parseCells } from "../inspector/valueRows";
import { count } from "../ui/format";
import { toast } from "../ui/toast";
import {
  cleared,
  copied,
  type GridColumn,
  inserted,
  pasted,
  removed,
  rowKind,
  withKind,
  withValue,
} from "./gridRows";
import { stepped, target, type Then } from "./places";
import { useGridPlaces } from "./useGridPlaces";
import { editText, valueOf } from "./values";

export const rowHeight = 24;

/** More of a paste is never read: a sample holds 256 kB. */
const mostPasted = 2_000_000;

/** A cell that is typed into. */
export interface Editing {
  text: string;
  /** Its text is marked. */
  all: boolean;
}

interface Options {
  columns: readonly GridColumn[];
  rows: readonly SampleRow[];
  kinds: boolean;
  most: number;
  onChange: (rows: SampleRow[], what: string) => void;
  scroller: RefObject<HTMLElement | null>;
  /** Scrolls a row into view. */
  show: (row: number) => void;
  cellId: (row: number, column: number) => string;
}

/** Selecting, typing, pasting and removing by mouse and keyboard. */
export function useGridEditing(options: Options) {
  const { columns, rows, most, onChange, scroller } = options;
  const [editing, setEditing] = useState<Editing | null>(null);
  // A committed input loses the focus as it goes: that is no second commit.
  const typing = useRef(false);

  const places = useGridPlaces(options);
  const { first, head, block, within, go, select } = places;
  const edit = (text?: string) => {
    const row = rows[head.row];
    if (!row) return;
    typing.current = true;
    const now = editText(row.values[head.column]);
    setEditing({ text: text ?? now, all: text === undefined });
  };
  const stop = () => {
    typing.current = false;
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
  };
  const addRow = (at: number = rows.length === 0 ? 0 : head.row + 1) => {
    if (rows.length >= most) {
      toast({ title: `There can be ${count(most)} rows`, tone: "warn" });
      return;
    }
    onChange(inserted(rows, at, columns), "Add a row");
    select({ row: at, column: Math.max(0, head.column) });
    scroller.current?.focus({ preventScroll: true });
    requestAnimationFrame(() => options.show(at));
  };
  const removeRows = () => {
    if (rows.length === 0) return;
    const many = block.bottom - block.top + 1;
    onChange(
      removed(rows, block),
      many === 1 ? `Remove row ${block.top + 1}` : `Remove ${count(many)} rows`,
    );
    select({ row: block.top, column: head.column });
  };

  const commit = (text: string, then: Then) => {
    if (!typing.current) return;
    typing.current = false;
    setEditing(null);
    if (then !== "stay") scroller.current?.focus({ preventScroll: true });
    const column = columns[head.column];
    const before = rows[head.row]?.values[head.column] ?? null;
    const unchanged = text === editText(before);
    const value = column && !unchanged ? valueOf(text, column.type) : before;
    if (column && !sameJson(value, before)) {
      onChange(
        withValue(rows, head.row, head.column, value),
        `Edit ${column.name}, row ${head.row + 1}`,
      );
    }
    if (then !== "stay") go(within(stepped(head, then, first, columns.length)));
  };
  const setKind = (kind: RowKind) => {
    if (kind !== rowKind(rows[head.row]))
      onChange(
        withKind(rows, head.row, kind),
        `Make row ${head.row + 1} ${kind}`,
      );
    stop();
  };
  const clear = () => {
    const next = cleared(rows, block);
    if (sameJson(next, rows)) return;
    const one = block.top === block.bottom && block.left === block.right;
    onChange(next, one ? "Clear a cell" : "Clear cells");
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || columns.length === 0) return;
    const control = event.ctrlKey || event.metaKey;
    const to = target(event, head, rows.length, columns.length, first, () =>
      Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / 24) - 3),
    );
    if (control && (event.key === "z" || event.key === "Z")) {
      if (event.shiftKey) documentStore.redo();
      else documentStore.undo();
    } else if (control && event.key === "y") documentStore.redo();
    else if (to) go(within(to), event.shiftKey && event.key !== "Tab");
    else if (control && event.key === "a") {
      select(within({ row: Infinity, column: Infinity }), {
        row: 0,
        column: 0,
      });
    } else if (control && event.key === "Enter") addRow();
    else if (event.key === "Enter" && rows.length === 0) addRow(0);
    else if (event.key === "F2" || event.key === "Enter") edit();
    else if (event.key === "Delete" && event.shiftKey) removeRows();
    else if (event.key === "Delete" || event.key === "Backspace") clear();
    else if (isTyped(event) && rows.length > 0) edit(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    event.stopPropagation();
    if (text === "" || columns.length === 0) return;
    const cells = parseCells(text.slice(0, mostPasted));
    const at = { row: block.top, column: block.left };
    const done = pasted(rows, columns, at, cells, most);
    const { top, bottom, left, right } = done.block;
    if (bottom >= top) {
      onChange(done.rows, `Paste ${count(bottom - top + 1)} rows`);
      select({ row: top, column: left }, { row: bottom, column: right });
    }
    const long = text.length > mostPasted ? 1 : 0;
    sayLeftOut(done.rowsLeftOut + long, done.columnsLeftOut, most);
  };
  const pick = (event: PointerEvent) => {
    // What is typed into another cell is taken while that cell is still the active one.
    if (editing && document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
    places.pick(event);
  };

  return {
    head,
    block,
    editing,
    commit,
    setKind,
    cancel: stop,
    addRow: () => addRow(),
    removeRows,
    handlers: {
      onKeyDown,
      onPaste,
      onCopy: (event: ClipboardEvent) => {
        event.clipboardData.setData("text/plain", copied(rows, block));
        event.preventDefault();
      },
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0) pick(event);
      },
      onPointerMove: (event: PointerEvent) => {
        if (event.buttons === 1 && !editing) pick(event);
      },
      onDoubleClick: () => edit(),
    },
  };
}

function isTyped({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey;
}

function sayLeftOut(rows: number, columns: number, most: number): void {
  if (rows > 0)
    toast({
      title: "Not all rows were pasted",
      detail: `There can be ${count(most)} rows: those behind were left out.`,
      tone: "warn",
    });
  if (columns > 0)
    toast({
      title: "Not all columns were pasted",
      detail: `${count(columns)} at the right had no place: paste further to the left.`,
      tone: "warn",
    });
}
