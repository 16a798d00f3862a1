import { expect, it } from "vitest";
import type { PipelineDocument } from "../document/document";
import { keyOf } from "./key";

const position = { x: 0, y: 0 };
const table = {
  columns: [
    { name: "id", type: "INT" },
    { name: "name", type: "STRING" },
  ],
  primaryKey: ["id"],
};
const document: PipelineDocument = {
  format: 1,
  name: "p",
  mode: "streaming",
  settings: {},
  nodes: {
    in: {
      kind: "source",
      name: "in",
      config: { table },
      position,
      description: "",
    },
    mid: { kind: "filter", name: "mid", config: {}, position, description: "" },
    out: {
      kind: "sink",
      name: "out",
      config: { table },
      position,
      description: "",
    },
  },
  edges: [
    { from: "in", to: "mid", port: "in" },
    { from: "mid", to: "out", port: "in" },
  ],
};
const columns = (...names: string[]) =>
  names.map((name) => ({ name, type: "INT" }));

it("of a source is its primary key, wherever its columns stand", () => {
  expect(keyOf(document, "in", columns("name", "id"))).toEqual([1]);
  expect(keyOf(document, "in", columns("name"))).toBeNull();
});

it("of a sink is its table's, by the place of the columns", () => {
  expect(keyOf(document, "out", columns("user", "text"))).toEqual([0]);
  expect(keyOf(document, "out", columns("user"))).toBeNull();
});

it("of other nodes is not known", () => {
  expect(keyOf(document, "mid", columns("id", "name"))).toBeNull();
  expect(keyOf(document, "gone", columns("id"))).toBeNull();
});
