/** A cell of the grid: the key of its row and the place of its column. */
interface Cell {
  key: number;
  column: number;
}

/** The cells between two corners; `head` is the one that moves. `rows`: whole rows. */
export interface Selection {
  anchor: Cell;
  head: Cell;
  rows: boolean;
}

/** Inclusive. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

interface Rows {
  readonly length: number;
  keyOf: (index: number) => number;
  indexOf: (key: number) => number;
}

export function selectCell(key: number, column: number): Selection {
  return { anchor: { key, column }, head: { key, column }, rows: false };
}

export function selectRow(key: number): Selection {
  return { ...selectCell(key, 0), rows: true };
}

export function extendTo(
  selection: Selection | null,
  key: number,
  column: number,
): Selection {
  if (!selection) return selectCell(key, column);
  return { ...selection, head: { key, column } };
}

export function selectAll(rows: Rows): Selection | null {
  if (rows.length === 0) return null;
  return {
    ...extendTo(selectRow(rows.keyOf(0)), rows.keyOf(rows.length - 1), 0),
    rows: true,
  };
}

/** Where the selection is now; null when there is none or its rows are gone. A lost corner stands at the nearest row. */
export function rangeOf(
  selection: Selection | null,
  rows: Rows,
  columns: number,
): Range | null {
  if (!selection) return null;
  const { anchor, head } = selection;
  const from = rows.indexOf(anchor.key);
  const to = rows.indexOf(head.key);
  if (to < 0 && from < 0) return null;
  const a = from < 0 ? 0 : from;
  const b = to < 0 ? 0 : to;
  return {
    top: Math.min(a, b),
    bottom: Math.max(a, b),
    left: selection.rows ? 0 : Math.min(anchor.column, head.column),
    right: selection.rows ? columns - 1 : Math.max(anchor.column, head.column),
  };
}

interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** The rows that are in view. */
export interface Seen {
  top: number;
  count: number;
}

/** What a key makes of the selection, which begins at the top of what is seen; null when the key means nothing here. */
export function moved(
  selection: Selection | null,
  press: Press,
  rows: Rows,
  columns: number,
  seen: Seen,
): Selection | null {
  const far = press.ctrlKey || press.metaKey;
  const at = selection ? rows.indexOf(selection.head.key) : -1;
  const step = steps(press.key, far, Math.max(1, seen.count - 1));
  if (!step || rows.length === 0 || columns === 0) return null;
  const row = clamp(at < 0 ? seen.top : at + step.down, rows);
  const column = Math.max(
    0,
    Math.min(columns - 1, (selection?.head.column ?? 0) + step.right),
  );
  const key = rows.keyOf(row);
  return press.shiftKey && selection
    ? extendTo(selection, key, column)
    : selectCell(key, column);
}

function steps(
  key: string,
  far: boolean,
  page: number,
): { down: number; right: number } | null {
  const end = Number.MAX_SAFE_INTEGER;
  switch (key) {
    case "ArrowUp":
      return { down: far ? -end : -1, right: 0 };
    case "ArrowDown":
      return { down: far ? end : 1, right: 0 };
    case "ArrowLeft":
      return { down: 0, right: far ? -end : -1 };
    case "ArrowRight":
      return { down: 0, right: far ? end : 1 };
    case "PageUp":
      return { down: -page, right: 0 };
    case "PageDown":
      return { down: page, right: 0 };
    case "Home":
      return { down: far ? -end : 0, right: -end };
    case "End":
      return { down: far ? end : 0, right: end };
    default:
      return null;
  }
}

function clamp(index: number, { length }: Rows): number {
  return Math.max(0, Math.min(length - 1, index));
}
