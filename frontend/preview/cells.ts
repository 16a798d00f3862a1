import type { PreviewNode, Row } from "../api/types";

export type Column = PreviewNode["columns"][number];

const numeric = /^(TINYINT|SMALLINT|INT|INTEGER|BIGINT|DECIMAL|FLOAT|DOUBLE)\b/;

/** Whether a column's values stand at the right: its Flink type is a number's. */
export function isNumeric(type: string): boolean {
  return numeric.test(type.toUpperCase());
}

/** A value as text; null for SQL's NULL. Wide numbers come as strings and stay as they are. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

const shownCharacters = 300;

/** The text on one line, and no more of it than a cell can show. */
export function shortText(text: string): string {
  return text.slice(0, shownCharacters).replaceAll(/\r\n|[\r\n]/g, "↵");
}

interface KindLook {
  title: string;
  /** Of the kind's own text, and of the whole row. */
  kindClass: string;
  rowClass: string;
}

/** How the four kinds of a changelog's rows look. */
export const rowKinds: Record<Row["kind"], KindLook> = {
  "+I": { title: "insert", kindClass: "text-ok", rowClass: "" },
  "+U": {
    title: "update, after",
    kindClass: "text-accent",
    rowClass: "bg-accent-soft/40",
  },
  "-U": {
    title: "update, before",
    kindClass: "text-warn",
    rowClass: "bg-warn-soft/40 text-muted",
  },
  "-D": {
    title: "delete",
    kindClass: "text-danger",
    rowClass: "bg-danger-soft/40 text-muted",
  },
};

const narrowest = 6;
const widest = 42;
const padding = 3;

/** Widths of the columns in characters, from their names, types and a sample of their values. */
export function columnWidths(
  columns: readonly Column[],
  sample: readonly Row[],
): number[] {
  return columns.map((column, index) => {
    let longest = Math.max(column.name.length, column.type.length);
    for (const row of sample) {
      longest = Math.max(
        longest,
        (cellText(row.values[index]) ?? "NULL").length,
      );
    }
    return Math.min(widest, Math.max(narrowest, longest)) + padding;
  });
}

/** The grid's columns for CSS: the row's number, its kind, the values; the last one takes what is left. */
export function gridTemplate(
  widths: readonly number[],
  kinds: boolean,
): string {
  const values = widths.map((width, index) =>
    index === widths.length - 1 ? `minmax(${width}ch, 1fr)` : `${width}ch`,
  );
  return ["9ch", ...(kinds ? ["6ch"] : []), ...values].join(" ");
}
