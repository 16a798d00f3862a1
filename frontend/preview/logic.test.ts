import { expect, it } from "vitest";
import type { PipelineDocument, PipelineNode } from "../document/document";
import { sameRows, staleNodes } from "./logic";

function node(name: string, config: PipelineNode["config"] = {}): PipelineNode {
  const position = { x: 0, y: 0 };
  return { kind: "filter", name, config, position, description: "" };
}

/** a → b → d, c → d, d → e */
const document: PipelineDocument = {
  format: 1,
  name: "p",
  mode: "streaming",
  settings: {},
  nodes: {
    a: node("a"),
    b: node("b", { condition: "delay > 15" }),
    c: node("c"),
    d: node("d"),
    e: node("e"),
  },
  edges: [
    { from: "a", to: "b", port: "in" },
    { from: "b", to: "d", port: "left" },
    { from: "c", to: "d", port: "right" },
    { from: "d", to: "e", port: "in" },
  ],
};

function withNode(id: string, change: Partial<PipelineNode>): PipelineDocument {
  const before = document.nodes[id];
  if (!before) throw new Error("no node");
  const nodes = { ...document.nodes, [id]: { ...before, ...change } };
  return { ...document, nodes };
}

const stale = (now: PipelineDocument) => [...staleNodes(document, now)];

it("nothing is stale when nodes move or are described, or the pipeline is renamed", () => {
  const position = { x: 9, y: 9 };
  const moved = withNode("b", { position, description: "late ones" });
  expect(stale({ ...moved, name: "q" })).toEqual([]);
  expect(sameRows(document, { ...moved, name: "q" })).toBe(true);
});

it("a changed node is stale with all that is downstream, and nothing else", () => {
  const changed = withNode("b", { config: { condition: "TRUE" } });
  expect(stale(changed)).toEqual(["b", "d", "e"]);
  expect(stale(withNode("c", { name: "c2" }))).toEqual(["c", "d", "e"]);
  expect(stale(withNode("e", { kind: "sink" }))).toEqual(["e"]);
  expect(sameRows(document, changed)).toBe(false);
});

it("an edge that is gone or new makes its end stale", () => {
  const cut = { ...document, edges: document.edges.slice(0, 2) };
  expect(stale(cut)).toEqual(["d", "e"]);
  const edges = document.edges.toReversed();
  expect(stale({ ...document, edges })).toEqual([]);
});

it("mode and settings make everything stale", () => {
  expect(stale({ ...document, mode: "batch" })).toHaveLength(5);
  const settings = { "table.exec.state.ttl": "1 h" };
  expect(stale({ ...document, settings })).toHaveLength(5);
  expect(stale({ ...document, settings: {} })).toEqual([]);
});

it("a source's sample makes it stale, where it is another one and is used", () => {
  const sampled = (value: number, live = false): PipelineDocument => ({
    ...document,
    samples: { a: { live, columns: ["x"], rows: [{ values: [value] }] } },
  });
  expect(stale(sampled(1))).toEqual(["a", "b", "d", "e"]);
  expect([...staleNodes(sampled(1), sampled(1))]).toEqual([]);
  expect([...staleNodes(sampled(1), sampled(2))]).toHaveLength(4);
  expect(stale(sampled(1, true))).toEqual([]);
});

it("a new node is not stale, it has no rows; what it feeds is", () => {
  const now = {
    ...document,
    nodes: { ...document.nodes, n: node("n") },
    edges: [...document.edges, { from: "n", to: "e", port: "in" }],
  };
  expect(stale(now)).toEqual(["e"]);
  expect(sameRows(document, now)).toBe(false);
});

it("ends in a cycle as well", () => {
  const edges = [...document.edges, { from: "e", to: "b", port: "in" }];
  expect(stale({ ...document, edges })).toEqual(["b", "d", "e"]);
});
