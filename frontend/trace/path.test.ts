import { describe, expect, test } from "vitest";
import type { Trace, TracedRow } from "../api/types";
import { edgeKey, type PipelineDocument } from "../document/document";
import { node } from "../document/fixtures";
import { inOrder } from "./order";
import { findRow, type Path, pathOf } from "./path";
import { sizeOf, stopWords } from "./words";

/** orders → late → located ← places; located → cities → big; late → free (SQL); orders and late → both. */
const document: PipelineDocument = {
  format: 1,
  name: "orders",
  mode: "streaming",
  settings: {},
  nodes: {
    big: node("filter", "big", { condition: "c > 1" }),
    both: node("union", "both"),
    cities: node("aggregate", "cities"),
    free: node("sql", "free"),
    late: node("filter", "late", { condition: "delay > 15" }),
    located: node("join", "located", { type: "inner" }),
    orders: node("source", "orders"),
    places: node("source", "places"),
    out: node("sink", "out"),
  },
  edges: [
    { from: "orders", to: "late", port: "in" },
    { from: "late", to: "located", port: "left" },
    { from: "places", to: "located", port: "right" },
    { from: "located", to: "cities", port: "in" },
    { from: "cities", to: "big", port: "in" },
    { from: "big", to: "out", port: "in" },
    { from: "late", to: "free", port: "in" },
    { from: "orders", to: "both", port: "in" },
    { from: "late", to: "both", port: "in" },
  ],
};

function row(
  kind: TracedRow["kind"],
  values: unknown[],
  from: TracedRow["from"],
): TracedRow {
  return { kind, values, from };
}

function traced(rows: TracedRow[], { set = false, known = true } = {}) {
  return { columns: [], traced: known, set, rows };
}

const first = { orders: [0], places: [0] };
const second = { orders: [2], places: [0] };
const whole = { orders: [0, 2], places: [0] };

const trace: Trace = {
  diagnostics: [],
  nodes: {
    orders: traced([
      row("+I", [1, 20, "ULM"], { orders: [0] }),
      row("+I", [2, 12, "ULM"], { orders: [1] }),
      row("+I", [3, 30, "ULM"], { orders: [2] }),
      row("+I", [4, 40, "XXX"], { orders: [3] }),
    ]),
    places: traced([row("+I", ["ULM", "Ulm"], { places: [0] })]),
    late: traced([
      row("+I", [1, 20, "ULM"], { orders: [0] }),
      row("+I", [3, 30, "ULM"], { orders: [2] }),
      row("+I", [4, 40, "XXX"], { orders: [3] }),
    ]),
    located: traced([
      row("+I", [1, "Ulm"], first),
      row("+I", [3, "Ulm"], second),
    ]),
    cities: traced(
      [
        row("+I", ["Ulm", "1"], first),
        row("-U", ["Ulm", "1"], first),
        row("+U", ["Ulm", "2"], whole),
      ],
      { set: true },
    ),
    big: traced([row("+I", ["Ulm", "2"], whole)], { set: true }),
    out: traced([row("+I", ["Ulm", "2"], whole)], { set: true }),
    free: traced([row("+I", [2], {})], { known: false }),
    both: traced([
      row("+I", [1, 20, "ULM"], { orders: [0] }),
      row("+I", [1, 20, "ULM"], { orders: [0] }),
      row("+I", [2, 12, "ULM"], { orders: [1] }),
    ]),
  },
};

/** The path in words: the rows at each node, "x" with those that were stopped there. */
function told(path: Path): string[] {
  return path.steps.map(({ node: id, rows, stopped, unknown }) =>
    [
      id,
      ...(unknown ? [unknown] : rows.map(String)),
      ...stopped.map((stop) => `x${stop.from}:${stop.rows.join()}`),
    ].join(" "),
  );
}

describe("the path of a row", () => {
  test("goes from its source to all that was made of it", () => {
    const path = pathOf(document, trace, "orders", 0);
    expect(told(path)).toEqual([
      "orders 0",
      "late 0",
      "located 0",
      "free untraced",
      "both 0 1",
      "cities 0 1 2",
      "big 0 xcities:0,1",
      "out 0",
    ]);
  });

  test("ends at the filter that stopped it", () => {
    const path = pathOf(document, trace, "orders", 1);
    expect(told(path)).toEqual(["orders 1", "late xorders:1", "both 2"]);
    expect([...path.edges]).toEqual([
      edgeKey({ from: "orders", to: "late", port: "in" }),
      edgeKey({ from: "orders", to: "both", port: "in" }),
    ]);
  });

  test("ends at the join without a partner", () => {
    const path = pathOf(document, trace, "late", 2);
    expect(told(path)).toContain("located xlate:2");
    const at = path.steps.find((step) => step.node === "located");
    const stop = at?.stopped[0];
    expect(stop && stopWords(document, trace, "located", stop)).toBe(
      "found no partner among 1 row of places",
    );
  });

  test("leads from a joined row back to both sides", () => {
    const path = pathOf(document, trace, "located", 1);
    expect(told(path).slice(0, 4)).toEqual([
      "orders 2",
      "places 0",
      "late 1",
      "located 1",
    ]);
  });

  test("leads from an aggregate's row to its set, and on from this very row", () => {
    const path = pathOf(document, trace, "cities", 2);
    expect(told(path)).toEqual([
      "orders 0 2",
      "places 0",
      "late 0 1",
      "located 0 1",
      "cities 2",
      "big 0",
      "out 0",
    ]);
    expect(sizeOf(trace.nodes["cities"]?.rows[2])).toBe(3);
  });

  test("of what is behind a set keeps the set apart from larger ones", () => {
    const path = pathOf(document, trace, "cities", 0);
    expect(told(path).slice(-3)).toEqual([
      "located 0",
      "cities 0",
      "big xcities:0",
    ]);
  });
});

describe("the row of a run", () => {
  test("is found by its values, equal ones by their number", () => {
    const wanted = { kind: "+I", values: [1, "20", "ULM"] } as const;
    expect(findRow(trace, "both", { ...wanted, nth: 1 })).toBe(1);
    expect(findRow(trace, "both", { ...wanted, nth: 7 })).toBe(1);
    expect(findRow(trace, "both", { ...wanted, values: [9], nth: 0 })).toBe(-1);
  });

  test("is one of its kind where there is one", () => {
    const values = ["Ulm", "1"];
    expect(findRow(trace, "cities", { kind: "-U", values, nth: 0 })).toBe(1);
    expect(findRow(trace, "cities", { kind: "-D", values, nth: 0 })).toBe(0);
  });
});

test("nodes come behind their inputs, those of a cycle not at all", () => {
  const order = inOrder(document);
  for (const { from, to } of document.edges)
    expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
  const cyclic = {
    ...document,
    edges: [...document.edges, { from: "cities", to: "located", port: "left" }],
  };
  expect(inOrder(cyclic)).not.toContain("cities");
});
