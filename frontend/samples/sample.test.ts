import { describe, expect, test } from "vitest";
import type { PipelineDocument } from "../document/document";
import { apply } from "../document/operations";
import type { Edit } from "../document/edits";
import { rowProblems, withoutBareDeletes } from "./problems";
import {
  cutToSize,
  fillable,
  fitted,
  isChangelog,
  mostBytes,
  pinned,
  readLive,
  samplesInUse,
  sizeOf,
} from "./sample";

const source = {
  kind: "source",
  name: "orders",
  config: {
    table: {
      columns: [
        { name: "id", type: "BIGINT" },
        { name: "name", type: "STRING" },
        { name: "twice", expression: "id * 2" },
      ],
      options: { connector: "kafka", format: "debezium-json" },
    },
  },
  position: { x: 0, y: 0 },
  description: "",
};
const empty: PipelineDocument = {
  format: 1,
  name: "p",
  mode: "streaming",
  settings: {},
  nodes: { o: source },
  edges: [],
};
const columns = [
  { name: "id", type: "BIGINT" },
  { name: "name", type: "STRING" },
];

function after(document: PipelineDocument, edit: Edit): PipelineDocument {
  const applied = apply(document, edit.operations);
  if (!applied.ok) throw new Error(applied.reason);
  return applied.document;
}

describe("live or sample", () => {
  test("to a sample and back keeps the rows, each way one edit", () => {
    const sampled = after(empty, readLive(empty, "o", false, columns));
    expect(sampled.samples).toEqual({
      o: { columns: ["id", "name"], rows: [] },
    });
    expect(Object.keys(samplesInUse(sampled))).toEqual(["o"]);
    const live = after(sampled, readLive(sampled, "o", true, columns));
    expect(live.samples?.["o"]?.live).toBe(true);
    expect(samplesInUse(live)).toEqual({});
    const again = after(live, readLive(live, "o", false, columns));
    expect(again.samples).toEqual(sampled.samples);
    expect(readLive(empty, "o", true, columns).operations).toEqual([]);
  });
});

describe("the columns of a sample", () => {
  test("are those that can be filled in", () => {
    const told = ["id", "name", "twice"].map((name) => ({
      name,
      type: "BIGINT",
      rowtime: false,
      nullable: name !== "id",
    }));
    expect(fillable(source, told)).toEqual([
      { name: "id", type: "BIGINT NOT NULL" },
      { name: "name", type: "BIGINT" },
    ]);
  });

  test("follow the source; what it no longer has stands behind, marked", () => {
    const sample = { columns: ["old", "name"], rows: [{ values: [7, "a"] }] };
    const { columns: shown, rows } = fitted(sample, columns);
    expect(shown.map(({ name }) => name)).toEqual(["id", "name", "old"]);
    expect(shown[2]?.problem).toMatch(/no such column/);
    expect(rows).toEqual([{ values: [null, "a", 7] }]);
    expect(fitted(sample, []).columns.map(({ name }) => name)).toEqual([
      "old",
      "name",
    ]);
  });

  test("have kinds where the source or its rows make changes", () => {
    expect(isChangelog(empty, "o", [])).toBe(true);
    const plain = { ...empty, nodes: { o: { ...source, config: {} } } };
    expect(isChangelog(plain, "o", [{ values: [] }])).toBe(false);
    expect(isChangelog(plain, "o", [{ kind: "-D", values: [] }])).toBe(true);
  });
});

describe("rows that are pinned", () => {
  test("have the source's columns, kinds, and stand-ins where asked", () => {
    const rows = [
      { kind: "+I" as const, values: [2, "1", "a"] },
      { kind: "-D" as const, values: [4, "2", "b"] },
    ];
    const from = [{ name: "twice" }, { name: "id" }, { name: "name" }];
    const mask = () => "***";
    expect(pinned(rows, from, columns, new Set(["name"]), mask)).toEqual({
      columns: ["id", "name"],
      rows: [{ values: ["1", "***"] }, { kind: "-D", values: ["2", "***"] }],
    });
  });

  test("are no more than the server takes", () => {
    const rows = Array.from({ length: 1000 }, () => ({
      values: ["ä".repeat(500)],
    }));
    const { sample, cut } = cutToSize({ columns: ["a"], rows });
    expect(sizeOf(sample)).toBeLessThanOrEqual(mostBytes);
    expect(sample.rows.length + cut).toBe(1000);
    expect(cut).toBeGreaterThan(0);
    const small = { columns: ["a"], rows: rows.slice(0, 3) };
    expect(cutToSize(small)).toEqual({ sample: small, cut: 0 });
  });
});

describe("mistakes", () => {
  const told = (field: string, detail: string) => ({
    node: "o",
    field,
    severity: "error" as const,
    code: "sample-value",
    summary: "Sample does not fit its source",
    detail,
  });

  test("are marked on the row, and on the cell that they name", () => {
    const problems = rowProblems(
      [
        told("samples.o.rows.1", 'Row 2, column id: "x" is no BIGINT.'),
        told("rows.2", "Row 3: it has too few values."),
        told("samples.o.columns", "Column odd: no."),
      ],
      columns,
    );
    expect([...problems]).toEqual([
      ["1", 'column id: "x" is no BIGINT.'],
      ["1 id", '"x" is no BIGINT.'],
      ["2", "it has too few values."],
    ]);
  });

  test("a delete by its key alone is none", () => {
    const rows = [{ kind: "-D" as const, values: ["1", null] }, { values: [] }];
    const text = "column name: null is no STRING NOT NULL; write a value.";
    const both = [told("rows.0", text), told("rows.1", text)];
    expect(withoutBareDeletes(both, rows)).toEqual([both[1]]);
  });
});
