import { expect, it } from "vitest";
import type { PipelineDocument } from "../document/document";
import { logicOf } from "./logic";

const document: PipelineDocument = {
  format: 1,
  name: "a",
  mode: "streaming",
  settings: {},
  nodes: {
    "filter-1": {
      kind: "filter",
      name: "late",
      config: { condition: "delay > 15" },
      position: { x: 0, y: 0 },
      description: "",
    },
  },
  edges: [],
};

function withNode(change: object): PipelineDocument {
  const node = document.nodes["filter-1"];
  if (!node) throw new Error("no node");
  return { ...document, nodes: { "filter-1": { ...node, ...change } } };
}

it("stays the same when a node moves or is described", () => {
  const moved = withNode({ position: { x: 9, y: 9 }, description: "late" });
  expect(logicOf(moved)).toBe(logicOf(document));
});

it("changes with a node's config, its name and the mode", () => {
  const before = logicOf(document);
  expect(logicOf(withNode({ config: { condition: "TRUE" } }))).not.toBe(before);
  expect(logicOf(withNode({ name: "later" }))).not.toBe(before);
  expect(logicOf({ ...document, mode: "batch" })).not.toBe(before);
});
