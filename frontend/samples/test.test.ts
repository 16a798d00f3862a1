import { describe, expect, test } from "vitest";
import type { PipelineDocument, SampleRow } from "../document/document";
import type { Edit } from "../document/edits";
import { apply } from "../document/operations";
import { changesOf } from "./difference";
import { expectedColumns, paddedRows, withParts } from "./expectation";
import { expectedRows, expectRows, modesOf, whyNot, withModes } from "./test";

const node = {
  kind: "source",
  name: "orders",
  config: {},
  position: { x: 0, y: 0 },
  description: "",
};
const sample = { columns: ["id"], rows: [{ values: [1] }] };
const document: PipelineDocument = {
  format: 1,
  name: "p",
  mode: "streaming",
  settings: {},
  nodes: {
    o: node,
    l: { ...node, name: "live" },
    b: { ...node, kind: "filter", name: "big" },
  },
  edges: [],
  samples: { o: sample, l: { live: true, ...sample } },
};

function after(before: PipelineDocument, edit: Edit): PipelineDocument {
  const applied = apply(before, edit.operations);
  if (!applied.ok) throw new Error(applied.reason);
  return applied.document;
}

const rows: SampleRow[] = [{ values: [1] }];

describe("a test of what is on the screen", () => {
  test("has the samples in use and the node's rows", () => {
    const made = expectRows(document, "b", rows);
    expect(after(document, made).tests).toEqual({
      [made.test]: {
        name: "big",
        samples: { o: sample },
        expect: { b: { rows } },
      },
    });
  });

  test("on the same samples gets the expectation beside its others", () => {
    const first = after(document, expectRows(document, "b", rows));
    const second = after(first, expectRows(first, "o", []));
    expect(Object.values(second.tests ?? {})).toEqual([
      {
        name: "big",
        samples: { o: sample },
        expect: { b: { rows }, o: { rows: [] } },
      },
    ]);
  });

  test("on other samples is another one, with a name and id of its own", () => {
    const first = after(document, expectRows(document, "b", rows));
    const other = { ...first, samples: { o: { ...sample, rows: [] } } };
    const second = after(other, expectRows(other, "b", []));
    const tests = Object.values(second.tests ?? {});
    expect(tests.map(({ name }) => name).sort()).toEqual(["big", "big 2"]);
  });

  test("takes the values of a table's rows, not their kinds", () => {
    const given = [
      { kind: "+U" as const, values: ["9007199254740993", null] },
      { kind: "+I" as const, values: ["2", { a: [1] }] },
    ];
    expect(expectedRows(given)).toEqual([
      { values: ["9007199254740993", null] },
      { values: ["2", { a: [1] }] },
    ]);
  });

  test("is not made of live rows, of none, or of too many", () => {
    expect(whyNot(document, 3)).toBeUndefined();
    expect(whyNot({ ...document, samples: {} }, 3)).toMatch(/live rows/);
    expect(whyNot(document, undefined)).toMatch(/Run a preview/);
    expect(whyNot(document, 1001)).toMatch(/at most 1000 rows/);
  });
});

describe("the modes of a test", () => {
  const made = { name: "t", samples: {}, expect: {} };

  test("are the document's as long as no others are chosen", () => {
    expect(modesOf(document, made)).toEqual(["streaming"]);
    const both = withModes(document, made, ["batch", "streaming"]);
    expect(both.modes).toEqual(["streaming", "batch"]);
    expect(withModes(document, both, ["streaming"])).toEqual(made);
  });
});

describe("an expectation", () => {
  test("says only what is to be held", () => {
    const before = { rows, count: 1, view: "changelog" as const };
    expect(withParts(before, { count: undefined })).toEqual({
      rows,
      view: "changelog",
    });
    expect(withParts(before, { holds: "SELECT TRUE" })).toMatchObject({
      holds: "SELECT TRUE",
      count: 1,
    });
    const parts = { rows: undefined, keys: [], ordered: false };
    expect(withParts({ rows, count: 0 }, parts)).toEqual({ count: 0 });
  });

  test("of a table has no kinds", () => {
    const changes = [{ kind: "-D" as const, values: [1] }];
    const before = { rows: changes, view: "changelog" as const };
    expect(withParts(before, {})).toEqual(before);
    expect(withParts(before, { view: "table" })).toEqual({
      rows: [{ values: [1] }],
    });
  });

  test("has the node's columns, its own choice of them, or as many as its rows", () => {
    const known = [
      { name: "id", type: "INT" },
      { name: "name", type: "STRING" },
    ];
    expect(expectedColumns({ rows }, known)).toEqual(known);
    expect(expectedColumns({ columns: ["name"] }, known)).toEqual([known[1]]);
    const wide = { rows: [{ values: [1, 2, 3] }] };
    expect(expectedColumns(wide, known)[2]?.problem).toMatch(/no such column/);
    expect(paddedRows(rows, 3)).toEqual([{ values: [1, null, null] }]);
  });
});

describe("a difference", () => {
  test("shows changed cells with what was expected, then missing and unexpected rows", () => {
    const changes = changesOf({
      node: "b",
      name: "big",
      passed: false,
      message: "",
      columns: ["id", "name"],
      missing: [{ values: [3, "c"] }],
      unexpected: [{ kind: "-D", values: [4, "d"] }],
      changed: [
        {
          key: [1],
          row: [1, "b"],
          cells: [{ column: 1, expected: null, actual: "b" }],
        },
      ],
      differing: 3,
    });
    expect(changes).toEqual([
      {
        sort: "changed",
        kind: "+I",
        cells: [{ value: 1 }, { value: "b", expected: null }],
      },
      { sort: "missing", kind: "+I", cells: [{ value: 3 }, { value: "c" }] },
      { sort: "unexpected", kind: "-D", cells: [{ value: 4 }, { value: "d" }] },
    ]);
  });
});
