import type { KeyboardEvent } from "react";
import type { Block } from "./gridRows";

export interface Place {
  row: number;
  /** -1 is the row's kind. */
  column: number;
}

/** Where to go from a cell that has been typed into. */
export type Then = "down" | "up" | "right" | "left" | "stay";

export function blockOf(a: Place, b: Place): Block {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

/** Where an arrow or its like goes; undefined for other keys, and for Tab at the ends: it leaves the grid. */
export function target(
  { key, ctrlKey, metaKey, shiftKey }: KeyboardEvent,
  { row, column }: Place,
  rows: number,
  columns: number,
  first: number,
  page: () => number,
): Place | undefined {
  const far = ctrlKey || metaKey;
  switch (key) {
    case "ArrowUp":
      return { row: far ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: far ? rows : row + 1, column };
    case "ArrowLeft":
      return { row, column: far ? first : column - 1 };
    case "ArrowRight":
      return { row, column: far ? columns : column + 1 };
    case "Home":
      return { row: far ? 0 : row, column: first };
    case "End":
      return { row: far ? rows : row, column: columns };
    case "PageUp":
      return { row: row - page(), column };
    case "PageDown":
      return { row: row + page(), column };
    case "Tab": {
      const at = { row, column };
      const to = stepped(at, shiftKey ? "left" : "right", first, columns);
      return to.row < 0 || to.row >= rows ? undefined : to;
    }
    default:
      return undefined;
  }
}

/** The next cell; behind the last one of a row comes the next row. */
export function stepped(
  { row, column }: Place,
  then: Then,
  first: number,
  columns: number,
): Place {
  switch (then) {
    case "down":
      return { row: row + 1, column };
    case "up":
      return { row: row - 1, column };
    case "right":
      return column < columns - 1
        ? { row, column: column + 1 }
        : { row: row + 1, column: first };
    case "left":
      return column > first
        ? { row, column: column - 1 }
        : { row: row - 1, column: columns - 1 };
    case "stay":
      return { row, column };
  }
}

export function placeOf(
  at: EventTarget,
): { row: number; column: number | "row" } | undefined {
  if (!(at instanceof Element)) return undefined;
  const cell = at.closest<HTMLElement>("[data-cell]")?.dataset["cell"];
  const row = at.closest<HTMLElement>("[data-row]")?.dataset["row"];
  if (cell === undefined || row === undefined) return undefined;
  return { row: Number(row), column: cell === "row" ? "row" : Number(cell) };
}
