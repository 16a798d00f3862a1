import type { Diagnostic } from "../api/types";
import { type Json, type SampleRow } from "../document/document";
import type { GridColumn } from "./gridRows";

/**
 * What is wrong with the rows, by row ("3") and, where the diagnostic names its column, by cell ("3 name"). Fields end in
 * "rows.3", counted from 0; the text begins with "Row 4, column name: ".
 */
export function rowProblems(
  diagnostics: readonly Diagnostic[],
  columns: readonly GridColumn[],
): Map<string, string> {
  const problems = new Map<string, string>();
  for (const { field, detail } of diagnostics) {
    const row = /(?:^|\.)rows\.(\d+)(?:\.|$)/.exec(field)?.[1];
    if (row === undefined) continue;
    const text = detail.replace(/^Row \d+(, |: )/, "");
    add(problems, row, text);
    const column = columns.find(({ name }) =>
      text.startsWith(`column ${name}: `),
    );
    if (column)
      add(
        problems,
        `${row} ${column.name}`,
        text.slice(`column ${column.name}: `.length),
      );
  }
  return problems;
}

function add(problems: Map<string, string>, key: string, text: string): void {
  const before = problems.get(key);
  problems.set(key, before ? `${before} ${text}` : text);
}

/** Without what is told of NULLs in deletes: where only the key tells what goes, they are right. */
export function withoutBareDeletes(
  diagnostics: readonly Diagnostic[],
  rows: readonly SampleRow[],
): Diagnostic[] {
  return diagnostics.filter(({ field, detail }) => {
    const row = rows[Number(/(?:^|\.)rows\.(\d+)/.exec(field)?.[1] ?? -1)];
    return row?.kind !== "-D" || !detail.includes(": null is no ");
  });
}

/** The rows as the JSON lines that the server checks. */
export function jsonLines(
  columns: readonly GridColumn[],
  rows: readonly SampleRow[],
): string {
  return rows
    .map(({ values }) =>
      JSON.stringify(
        Object.fromEntries(
          columns.flatMap(({ name, problem }, at): [string, Json][] =>
            problem ? [] : [[name, values[at] ?? null]],
          ),
        ),
      ),
    )
    .join("\n");
}
