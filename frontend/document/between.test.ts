import { expect, test } from "vitest";
import { between, sameMeaning } from "./between";
import type { PipelineDocument } from "./document";
import { testDocument } from "./fixtures";
import { apply, applyOne } from "./operations";
import { randomNumbers, randomOperation } from "./random";

function edited(seed: number, steps: number): PipelineDocument {
  const random = randomNumbers(seed);
  let document = testDocument();
  for (let step = 0; step < steps; step++) {
    const next = applyOne(document, randomOperation(document, random));
    if (typeof next !== "string") document = next;
  }
  return document;
}

test("what is between two documents makes the one of the other", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const a = edited(seed, seed % 7);
    const b = edited(seed * 31, seed % 19);
    const made = apply(a, between(a, b));
    expect(made).toEqual({ ok: true, document: b });
  }
});

test("nothing is between a document and its copy", () => {
  const document = edited(5, 40);
  expect(between(document, structuredClone(document))).toEqual([]);
});

test("one changed key of a config is one operation", () => {
  const document = testDocument();
  const { ok, ...applied } = apply(document, [
    { op: "set", path: ["nodes", "filter-1", "config", "a", "b"], value: 1 },
    { op: "set", path: ["nodes", "filter-1", "config", "a", "c"], value: 2 },
  ]);
  const a = ok && "document" in applied ? applied.document : document;
  const b = applyOne(a, {
    op: "set",
    path: ["nodes", "filter-1", "config", "a", "c"],
    value: 3,
  });
  expect(typeof b === "string" ? b : between(a, b)).toEqual([
    { op: "set", path: ["nodes", "filter-1", "config", "a", "c"], value: 3 },
  ]);
});

test("neither where nodes stand nor samples are part of what a document says", () => {
  const document = testDocument();
  const moved = applyOne(document, {
    op: "set",
    path: ["nodes", "filter-1", "position"],
    value: { x: 9, y: 9 },
  });
  const renamed = applyOne(document, {
    op: "set",
    path: ["name"],
    value: "other",
  });
  const tested = applyOne(document, {
    op: "set",
    path: ["samples", "source-1"],
    value: { columns: [], rows: [] },
  });
  expect(typeof moved !== "string" && sameMeaning(document, moved)).toBe(true);
  expect(typeof tested !== "string" && sameMeaning(document, tested)).toBe(
    true,
  );
  expect(typeof renamed !== "string" && sameMeaning(document, renamed)).toBe(
    false,
  );
});
