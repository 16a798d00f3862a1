import type { Outcome } from "../api/types";

/** One row of a difference: gone (-), new (+), or the same key with other values (~). */
export interface RowChange {
  sign: "-" | "+" | "~";
  /** By column; a changed cell shows both values. */
  cells: string[];
}

/** The differing rows of a node as they are listed, changed ones first. */
export function rowChanges(outcome: Outcome): RowChange[] {
  const changed = outcome.changed.map(({ row, cells }): RowChange => {
    const texts = row.map(text);
    for (const { column, expected, actual } of cells)
      texts[column] = `${text(expected)} → ${text(actual)}`;
    return { sign: "~", cells: texts };
  });
  const gone = outcome.missing.map(({ values }): RowChange => ({
    sign: "-",
    cells: values.map(text),
  }));
  const fresh = outcome.unexpected.map(({ values }): RowChange => ({
    sign: "+",
    cells: values.map(text),
  }));
  return [...changed, ...gone, ...fresh];
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  return typeof value === "string" ? value : JSON.stringify(value);
}
