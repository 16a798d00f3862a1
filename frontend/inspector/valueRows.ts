// Rows of SQL expressions, and text from a spreadsheet made into them.

/** A spreadsheet's copy: cells parted by tabs, rows by line ends; a cell in quotes may hold both. */
export function parseCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = cellAt(text, at);
    rows.at(-1)?.push(cell);
    const mark = text.startsWith("\r\n", end)
      ? "\r\n"
      : text.slice(end, end + 1);
    at = end + Math.max(1, mark.length);
    if (mark !== "\t" && mark !== "" && at < text.length) rows.push([]);
    else if (mark !== "\t") break;
  }
  return rows;
}

const QUOTED = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)/y;
const PLAIN = /[^\t\r\n]*/y;

function cellAt(text: string, at: number): [cell: string, end: number] {
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(text);
  if (quoted)
    return [(quoted[1] ?? "").replaceAll('""', '"'), QUOTED.lastIndex];
  PLAIN.lastIndex = at;
  const plain = PLAIN.exec(text)?.[0] ?? "";
  return [plain, at + plain.length];
}

const LITERAL =
  /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null|(?:(?:date|time|timestamp)\s*)?'(?:[^']|'')*')$/i;

/** What a pasted cell is in SQL: a number or a literal as it stands, nothing is NULL, all else is text. */
export function literalOf(cell: string): string {
  const text = cell.trim();
  if (text === "") return "NULL";
  return LITERAL.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

/** The rows with cells laid over them from a place on; missing rows and cells are made. */
export function pasteCells(
  rows: readonly (readonly string[])[],
  row: number,
  column: number,
  cells: readonly (readonly string[])[],
): string[][] {
  const result = rows.map((values) => [...values]);
  cells.forEach((line, down) => {
    while (result.length <= row + down) result.push([]);
    const values = result[row + down] ?? [];
    line.forEach((cell, right) => {
      while (values.length < column + right) values.push("");
      values[column + right] = literalOf(cell);
    });
  });
  return result;
}

/** The rows with one cell changed. */
export function withCell(
  rows: readonly (readonly string[])[],
  row: number,
  column: number,
  text: string,
): string[][] {
  return rows.map((values, index) => {
    if (index !== row) return [...values];
    const length = Math.max(values.length, column + 1);
    return Array.from({ length }, (_, place) =>
      place === column ? text : (values[place] ?? ""),
    );
  });
}
