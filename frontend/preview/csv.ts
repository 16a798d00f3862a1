import type { Row } from "../api/types";
import { cellText, type Column } from "./cells";

// What a spreadsheet takes for the beginning of a formula, full-width forms included.
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(E[+-]?\d+)?$/i;
const needsQuotes = /[",\r\n;\t]|^\s|\s$|^$/;

/** In words: "+I" would be a formula. */
const kindNames: Record<Row["kind"], string> = {
  "+I": "insert",
  "-U": "update_before",
  "+U": "update_after",
  "-D": "delete",
};

/**
 * Rows as CSV by RFC 4180, as pieces of a file. A text that a spreadsheet would run as a formula gets a ' in front; numbers
 * stay numbers. NULL is nothing between the commas, an empty text is "".
 */
export function* csv(
  columns: readonly Column[],
  rows: Iterable<Row>,
  { kinds }: { kinds: boolean },
): Generator<string> {
  const names = columns.map(({ name }) => name);
  yield line(kinds ? ["row_kind", ...names] : names);
  for (const { kind, values } of rows) {
    const cells = columns.map((_, at) => cellText(values[at]));
    yield line(kinds ? [kindNames[kind], ...cells] : cells);
  }
}

function line(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

export function csvCell(text: string | null): string {
  if (text === null) return "";
  const safe =
    formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? quoted(safe) : safe;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Cells as they are put on the clipboard: one alone as it is, several as lines with tabs, quoted where they must be. */
export function tsv(cells: readonly (readonly (string | null)[])[]): string {
  const only = cells.length === 1 && cells[0]?.length === 1;
  if (only) return cells[0]?.[0] ?? "";
  return cells
    .map((row) =>
      row
        .map((text) =>
          text !== null && /["\t\r\n]/.test(text) ? quoted(text) : text,
        )
        .join("\t"),
    )
    .join("\n");
}

/** Rows as JSON in the form of the wire, so that BIGINT and DECIMAL stay exact; as pieces of a file. */
export function* json(
  columns: readonly Column[],
  rows: Iterable<Row>,
): Generator<string> {
  const heads = columns.map(({ name, type }) => ({ name, type }));
  yield `{"columns":${JSON.stringify(heads)},"rows":[`;
  let first = true;
  for (const row of rows) {
    yield `${first ? "\n" : ",\n"}${JSON.stringify(row)}`;
    first = false;
  }
  yield "\n]}\n";
}
