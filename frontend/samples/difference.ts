import type { Outcome } from "../api/types";

/** A row that differs from what is expected. */
export interface Change {
  sort: "changed" | "missing" | "unexpected";
  kind: string;
  cells: Cell[];
}

export interface Cell {
  value: unknown;
  /** What was expected in its stead; undefined where it is right. */
  expected?: unknown;
}

/** The rows that differ: changed ones first, then those that are missing, then those that are too many. */
export function changesOf(outcome: Outcome): Change[] {
  const changed = outcome.changed.map(({ kind, row, cells }): Change => {
    const expected = new Map(cells.map((cell) => [cell.column, cell.expected]));
    return {
      sort: "changed",
      kind: kind ?? "+I",
      cells: row.map((value, at) =>
        expected.has(at)
          ? { value, expected: expected.get(at) ?? null }
          : { value },
      ),
    };
  });
  const alone =
    (sort: "missing" | "unexpected") =>
    ({ kind, values }: Outcome["missing"][number]): Change => ({
      sort,
      kind: kind ?? "+I",
      cells: values.map((value) => ({ value })),
    });
  return [
    ...changed,
    ...outcome.missing.map(alone("missing")),
    ...outcome.unexpected.map(alone("unexpected")),
  ];
}
