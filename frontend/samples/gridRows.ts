import type { Json, RowKind, SampleRow } from "../document/document";
import { cellText } from "../preview/cells";
import { tsv } from "../preview/csv";
import { pastedValue } from "./values";

// Rows of a grid and what an edit makes of them. The rows given are never changed.

/** A column as a grid shows it. */
export interface GridColumn {
  name: string;
  type: string;
  /** Why the column should not be there. */
  problem?: string;
}

/** A block of cells, inclusive. The place of a row's kind is -1. */
export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export function rowKind(row: SampleRow | undefined): RowKind {
  return row?.kind ?? "+I";
}

export function emptyRow(columns: readonly GridColumn[]): SampleRow {
  return { values: columns.map(() => null) };
}

export function withValue(
  rows: readonly SampleRow[],
  row: number,
  column: number,
  value: Json,
): SampleRow[] {
  return rows.map((before, index) =>
    index === row
      ? { ...before, values: before.values.with(column, value) }
      : before,
  );
}

export function withKind(
  rows: readonly SampleRow[],
  row: number,
  kind: RowKind,
): SampleRow[] {
  return rows.map((before, index) =>
    index === row ? kinded(before.values, kind) : before,
  );
}

/** A row of a kind; +I is not written. */
export function kinded(values: Json[], kind: RowKind): SampleRow {
  return kind === "+I" ? { values } : { kind, values };
}

/** NULL in all cells of the block. */
export function cleared(
  rows: readonly SampleRow[],
  { top, bottom, left, right }: Block,
): SampleRow[] {
  return rows.map((row, index) =>
    index < top || index > bottom
      ? row
      : {
          ...row,
          values: row.values.map((value, at) =>
            at < left || at > right ? value : null,
          ),
        },
  );
}

/** With an empty row at a place. */
export function inserted(
  rows: readonly SampleRow[],
  at: number,
  columns: readonly GridColumn[],
): SampleRow[] {
  return [...rows.slice(0, at), emptyRow(columns), ...rows.slice(at)];
}

export function removed(
  rows: readonly SampleRow[],
  { top, bottom }: Block,
): SampleRow[] {
  return rows.filter((_, index) => index < top || index > bottom);
}

/** What a paste made of the rows. */
export interface Pasted {
  rows: SampleRow[];
  /** The cells that were pasted over. */
  block: Block;
  /** Rows and columns that were left out for want of room. */
  rowsLeftOut: number;
  columnsLeftOut: number;
}

/** Lays cells over the rows from a place on; rows that are missing are made, up to a number. */
export function pasted(
  rows: readonly SampleRow[],
  columns: readonly GridColumn[],
  at: { row: number; column: number },
  cells: readonly (readonly string[])[],
  mostRows: number,
): Pasted {
  const left = Math.max(0, at.column);
  const taken = cells.slice(0, Math.max(0, mostRows - at.row));
  const result = [...rows];
  let width = 0;
  taken.forEach((line, down) => {
    const row = result[at.row + down] ?? emptyRow(columns);
    const values = [...row.values];
    line.slice(0, columns.length - left).forEach((cell, right) => {
      const column = columns[left + right];
      if (column) values[left + right] = pastedValue(cell, column.type);
    });
    width = Math.max(width, line.length);
    result[at.row + down] = { ...row, values };
  });
  return {
    rows: result,
    block: {
      top: at.row,
      bottom: at.row + taken.length - 1,
      left,
      right: Math.min(columns.length, left + width) - 1,
    },
    rowsLeftOut: cells.length - taken.length,
    columnsLeftOut: Math.max(0, left + width - columns.length),
  };
}

/** The block's cells as a spreadsheet takes them from the clipboard. */
export function copied(
  rows: readonly SampleRow[],
  { top, bottom, left, right }: Block,
): string {
  return tsv(
    rows
      .slice(top, bottom + 1)
      .map(({ values }) =>
        values.slice(Math.max(0, left), right + 1).map((v) => cellText(v)),
      ),
  );
}
