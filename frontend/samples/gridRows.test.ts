import { describe, expect, test } from "vitest";
import type { SampleRow } from "../document/document";
import { parseCells } from "../inspector/valueRows";
import {
  cleared,
  copied,
  inserted,
  pasted,
  removed,
  withKind,
  withValue,
} from "./gridRows";

const columns = [
  { name: "id", type: "BIGINT NOT NULL" },
  { name: "name", type: "STRING" },
  { name: "price", type: "DOUBLE" },
];

function rows(): SampleRow[] {
  return [
    { values: ["1", "a", 1.5] },
    { kind: "-D", values: ["2", "b", null] },
  ];
}

describe("edits of a grid", () => {
  test("one value or one kind, the other rows untouched", () => {
    const before = rows();
    const after = withValue(before, 1, 1, "c");
    expect(after[1]).toEqual({ kind: "-D", values: ["2", "c", null] });
    expect(after[0]).toBe(before[0]);
    expect(before).toEqual(rows());
    expect(withKind(before, 1, "+I")[1]).toEqual({ values: ["2", "b", null] });
    expect(withKind(before, 0, "+U")[0]?.kind).toBe("+U");
  });

  test("a block is cleared to NULL, its rows keep their kinds", () => {
    const block = { top: 0, bottom: 1, left: 1, right: 2 };
    expect(cleared(rows(), block)).toEqual([
      { values: ["1", null, null] },
      { kind: "-D", values: ["2", null, null] },
    ]);
  });

  test("rows come and go", () => {
    const more = inserted(rows(), 1, columns);
    expect(more.map(({ values }) => values[0])).toEqual(["1", null, "2"]);
    const block = { top: 0, bottom: 1, left: 0, right: 0 };
    expect(removed(more, block)).toEqual([rows()[1]]);
  });
});

describe("a paste", () => {
  test("takes the columns' types, makes rows, and an empty cell is NULL", () => {
    const cells = parseCells('x\t2,5\n"two\nlines"\t\n\t-7e1');
    const done = pasted(rows(), columns, { row: 1, column: 1 }, cells, 10);
    expect(done.rows).toEqual([
      rows()[0],
      { kind: "-D", values: ["2", "x", "2,5"] },
      { values: [null, "two\nlines", null] },
      { values: [null, null, -70] },
    ]);
    expect(done.block).toEqual({ top: 1, bottom: 3, left: 1, right: 2 });
  });

  test("leaves out what has no room, and says how much", () => {
    const cells = Array.from({ length: 1_000_000 }, () => ["1", "a", "2", "!"]);
    const done = pasted(rows(), columns, { row: 0, column: 1 }, cells, 1000);
    expect(done.rows).toHaveLength(1000);
    expect(done.rowsLeftOut).toBe(999_000);
    expect(done.columnsLeftOut).toBe(2);
    expect(done.block.right).toBe(2);
  });

  test("of what was copied gives the same rows again", () => {
    const given: SampleRow[] = [
      { values: ["9007199254740993", 'say "hi"\tto', 0.1] },
      { values: [null, "x\r\ny", null] },
    ];
    const all = { top: 0, bottom: 1, left: 0, right: 2 };
    const at = { row: 0, column: 0 };
    const cells = parseCells(copied(given, all));
    expect(pasted([], columns, at, cells, 10).rows).toEqual(given);
  });
});
