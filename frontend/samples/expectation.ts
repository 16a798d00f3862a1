import type { Expectation, SampleRow } from "../document/document";
import type { GridColumn } from "./gridRows";

/** The columns that the expected rows have values of, as far as they are known. */
export function expectedColumns(
  expectation: Expectation,
  known: readonly GridColumn[],
): GridColumn[] {
  const types = new Map(known.map(({ name, type }) => [name, type]));
  const columns = expectation.columns
    ? expectation.columns.map((name) => ({ name, type: types.get(name) ?? "" }))
    : [...known];
  const width = Math.max(
    0,
    ...(expectation.rows ?? []).map(({ values }) => values.length),
  );
  while (columns.length < width) {
    const name = `column ${columns.length + 1}`;
    const problem = known.length > 0 ? "The node has no such column." : "";
    columns.push({ name, type: "", ...(problem && { problem }) });
  }
  return columns;
}

/** The rows with a value for each column. */
export function paddedRows(
  rows: readonly SampleRow[],
  width: number,
): SampleRow[] {
  return rows.map((row) =>
    row.values.length >= width
      ? row
      : {
          ...row,
          values: Array.from(
            { length: width },
            (_, at) => row.values[at] ?? null,
          ),
        },
  );
}

/** The expectation with parts changed; what is undefined, empty or what it is without saying is left out. */
export function withParts(
  before: Expectation,
  parts: { [Part in keyof Expectation]: Expectation[Part] | undefined },
): Expectation {
  const { rows, columns, view, ordered, keys, count, holds } = {
    ...before,
    ...parts,
  };
  return {
    ...(rows && { rows: view === "changelog" ? rows : rows.map(insert) }),
    ...(columns && columns.length > 0 && { columns }),
    ...(view === "changelog" && { view }),
    ...(ordered && { ordered }),
    ...(keys && keys.length > 0 && { keys }),
    ...(count !== undefined && { count }),
    ...(holds && { holds }),
  };
}

/** In a table there are no changes. */
function insert(row: SampleRow): SampleRow {
  return row.kind === undefined ? row : { values: row.values };
}
