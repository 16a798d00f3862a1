import { edgeKey, type PipelineDocument, type Sample } from "./document";
import { node } from "./fixtures";
import type { Operation } from "./operations";

// Random edits for the property tests.

/** A small seeded generator, so that a failure can be repeated. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function sample(rows: number): Sample {
  return {
    columns: ["a"],
    rows: Array.from({ length: rows }, (_, index) => ({ values: [index] })),
  };
}

export function randomOperation(
  document: PipelineDocument,
  random: (below: number) => number,
): Operation {
  const ids = Object.keys(document.nodes);
  const id = ids[random(ids.length)] ?? "none";
  const other = ids[random(ids.length)] ?? "none";
  const edge = document.edges[random(Math.max(1, document.edges.length))];
  const made = { from: id, to: other, port: "in" };
  const choices: Operation[] = [
    {
      op: "set",
      path: ["nodes", id, "position"],
      value: { x: random(99), y: random(99) },
    },
    {
      op: "set",
      path: ["nodes", id, "config", "condition"],
      value: `a > ${random(9)}`,
    },
    {
      op: "set",
      path: ["nodes", id, "config", "table", "watermark", "column"],
      value: "ts",
    },
    { op: "delete", path: ["nodes", id, "config", "table", "watermark"] },
    { op: "delete", path: ["nodes", id, "config", "condition"] },
    { op: "set", path: ["nodes", id, "name"], value: `name_${random(99)}` },
    {
      op: "set",
      path: ["nodes", `new-${random(20)}`],
      value: node("filter", `n${random(99)}`),
    },
    { op: "delete", path: ["nodes", id] },
    { op: "set", path: ["edges", edgeKey(made)], value: made },
    { op: "delete", path: ["edges", edge ? edgeKey(edge) : "a->b:in"] },
    {
      op: "set",
      path: ["settings", `k${random(3)}`],
      value: String(random(9)),
    },
    { op: "delete", path: ["settings", `k${random(3)}`] },
    { op: "set", path: ["samples", id], value: sample(random(3)) },
    { op: "set", path: ["samples", id, "live"], value: random(2) === 0 },
    { op: "delete", path: ["samples", id] },
    {
      op: "set",
      path: ["tests", `t${random(3)}`],
      value: { name: `test ${random(9)}`, samples: {}, expect: {} },
    },
    { op: "delete", path: ["tests", `t${random(3)}`] },
    { op: "set", path: ["name"], value: `pipeline ${random(9)}` },
    { op: "set", path: ["mode"], value: random(2) ? "batch" : "streaming" },
  ];
  return (
    choices[random(choices.length)] ?? {
      op: "delete",
      path: ["settings", "k0"],
    }
  );
}
