import { expect, test } from "vitest";
import type { Diagnostic, Relations } from "../api/types";
import {
  inputColumns,
  knownColumns,
  mergeDiagnostics,
  sameLogic,
  stillTrue,
} from "./analysis";
import { move, setField } from "./edits";
import { testDocument } from "./fixtures";
import { apply } from "./operations";
import type { PipelineDocument } from "./document";
import type { Edit } from "./edits";

function after(document: PipelineDocument, edit: Edit): PipelineDocument {
  const applied = apply(document, edit.operations);
  if (!applied.ok) throw new Error(applied.reason);
  return applied.document;
}

function problem(part: Partial<Diagnostic>): Diagnostic {
  return {
    node: "filter-1",
    field: "condition",
    severity: "error",
    code: "unknown-column",
    summary: "Unknown column",
    detail: "",
    ...part,
  };
}

const condition = { path: "condition", title: "Condition" };

test("moving nodes changes no meaning, any other edit does", () => {
  const start = testDocument();
  const moved = after(
    start,
    move(start, new Map([["filter-1", { x: 8, y: 8 }]])),
  );
  const edited = after(start, setField(start, "filter-1", condition, "x"));
  expect(sameLogic(start, moved)).toBe(true);
  expect(sameLogic(start, edited)).toBe(false);
});

test("a mistake that compiler and Flink both tell of is listed once", () => {
  const ours = problem({ summary: "ours" });
  const theirs = problem({ summary: "theirs" });
  const other = problem({ code: "other" });
  expect(mergeDiagnostics([[ours], [theirs, other]])).toEqual([ours, other]);
});

test("two mistakes of one kind at two places of a field are both listed", () => {
  const first = problem({ span: { start: 0, end: 1 } });
  const second = problem({ span: { start: 5, end: 6 } });
  expect(mergeDiagnostics([[first, second]])).toEqual([first, second]);
});

test("Flink's word about a node is not shown any more once the node is edited", () => {
  const asked = testDocument();
  const now = after(asked, setField(asked, "filter-1", condition, "x"));
  const other = problem({ node: "join-1" });
  expect(stillTrue([problem({}), other], asked, now)).toEqual([other]);
});

const a = {
  name: "a",
  type: "INT",
  nullable: true,
  rowtime: false,
  watermark: "",
};

function relations(nodes: string[]): Relations {
  return {
    revision: 1,
    nodes: Object.fromEntries(nodes.map((id) => [id, { columns: [a] }])),
    diagnostics: [],
  };
}

test("columns that Flink cannot tell any more stay as they were, marked", () => {
  const document = testDocument();
  const first = knownColumns(
    document,
    relations(["source-1", "filter-1"]),
    new Map(),
  );
  const second = knownColumns(document, relations([]), first);
  expect(second.get("filter-1")).toEqual([{ ...a, stale: true }]);
  expect(second.get("source-1")).toEqual([]);
});

test("a source's columns are known without an engine", () => {
  const document = testDocument();
  const rows = [
    { name: "id", type: "BIGINT" },
    { name: "ts", expression: "NOW()" },
  ];
  const edit = setField(
    document,
    "source-1",
    { path: "table.columns", title: "" },
    rows,
  );
  const columns = knownColumns(after(document, edit), undefined, new Map());
  expect(
    columns.get("source-1")?.map(({ name, type }) => [name, type]),
  ).toEqual([
    ["id", "BIGINT"],
    ["ts", ""],
  ]);
});

test("input columns bear the names of their nodes and ports", () => {
  const document = testDocument();
  const columns = knownColumns(document, relations(["filter-1"]), new Map());
  expect(inputColumns(document, columns, "join-1")).toEqual([
    { from: "late", port: "left", columns: [a] },
    { from: "carriers", port: "right", columns: [] },
  ]);
});
