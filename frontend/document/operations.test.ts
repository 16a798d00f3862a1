import { describe, expect, test } from "vitest";
import { edgeKey } from "./document";
import { testDocument } from "./fixtures";
import { invert } from "./invert";
import { apply, type Operation } from "./operations";
import { randomNumbers, randomOperation } from "./random";

const SAMPLE = { columns: ["id"], rows: [{ values: ["1"] }] };

describe("operations", () => {
  test("random edits and their inverses end where they began", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = randomNumbers(seed);
      const start = testDocument();
      let at = start;
      const undo: Operation[][] = [];
      for (let step = 0; step < 40; step++) {
        const batch = [
          randomOperation(at, random),
          randomOperation(at, random),
        ];
        const applied = apply(at, batch);
        if (!applied.ok) continue;
        undo.push(invert(at, batch));
        at = applied.document;
      }
      for (const operations of undo.toReversed()) {
        const applied = apply(at, operations);
        expect(applied).toMatchObject({ ok: true });
        if (applied.ok) at = applied.document;
      }
      expect(at).toEqual(start);
    }
  });

  test("deleting a node deletes its edges, and the inverse brings both back", () => {
    const start = testDocument();
    const operations: Operation[] = [
      { op: "delete", path: ["nodes", "filter-1"] },
    ];
    const applied = apply(start, operations);
    expect(applied.ok && applied.document.edges.map(edgeKey)).toEqual([
      "join-1->sink-1:in",
      "source-2->join-1:right",
      "source-2->sql-1:in",
    ]);
    const back =
      applied.ok && apply(applied.document, invert(start, operations));
    expect(back && back.ok && back.document).toEqual(start);
  });

  test("deleting a source deletes its sample, and the inverse brings it back", () => {
    const given = apply(testDocument(), [
      { op: "set", path: ["samples", "source-1"], value: SAMPLE },
    ]);
    if (!given.ok) throw new Error(given.reason);
    const operations: Operation[] = [
      { op: "delete", path: ["nodes", "source-1"] },
    ];
    const applied = apply(given.document, operations);
    expect(applied.ok && Object.hasOwn(applied.document, "samples")).toBe(
      false,
    );
    const back =
      applied.ok && apply(applied.document, invert(given.document, operations));
    expect(back && back.ok && back.document).toEqual(given.document);
  });

  test("a sample is kept while its source is read live", () => {
    const live = apply(testDocument(), [
      { op: "set", path: ["samples", "source-1"], value: SAMPLE },
      { op: "set", path: ["samples", "source-1", "live"], value: true },
    ]);
    if (!live.ok) throw new Error(live.reason);
    expect(live.document.samples).toEqual({
      "source-1": { live: true, ...SAMPLE },
    });
    const used = apply(live.document, [
      { op: "set", path: ["samples", "source-1", "live"], value: false },
    ]);
    expect(used.ok && used.document.samples).toEqual({ "source-1": SAMPLE });
  });

  test("the last test takes the tests with it", () => {
    const path = ["tests", "t"];
    const value = { name: "sums", samples: {}, expect: {} };
    const added = apply(testDocument(), [{ op: "set", path, value }]);
    if (!added.ok) throw new Error(added.reason);
    expect(added.document.tests).toEqual({ t: value });
    const removed = apply(added.document, [{ op: "delete", path }]);
    expect(removed).toEqual({ ok: true, document: testDocument() });
  });

  test("a set makes the objects on its way; its inverse takes them out again", () => {
    const path = [
      "nodes",
      "source-1",
      "config",
      "table",
      "watermark",
      "column",
    ];
    expect(invert(testDocument(), [{ op: "set", path, value: "ts" }])).toEqual([
      { op: "delete", path: path.slice(0, 4) },
    ]);
  });

  test("nothing is applied when one operation does not fit", () => {
    const refused: Operation[] = [
      { op: "set", path: ["nodes", "gone", "name"], value: "x" },
      { op: "set", path: ["nodes", "filter-1", "colour"], value: "red" },
      { op: "set", path: ["mode"], value: "fast" },
      { op: "delete", path: ["name"] },
      { op: "set", path: ["samples", "source-1"], value: { rows: [] } },
      {
        op: "set",
        path: ["samples", "source-1"],
        value: { columns: ["a"], rows: [[1]] },
      },
      { op: "set", path: ["samples", "source-1", "live"], value: true },
      { op: "set", path: ["samples", "source-1", "rows"], value: [] },
      { op: "set", path: ["tests", "t"], value: { name: "sums" } },
      {
        op: "set",
        path: ["edges", "a->b:in"],
        value: { from: "a", to: "b", port: "in" },
      },
      {
        op: "set",
        path: ["nodes", "filter-1", "config", "condition", "deep"],
        value: 1,
      },
    ];
    for (const operation of refused) {
      const answer = apply(testDocument(), [
        { op: "set", path: ["name"], value: "changed" },
        operation,
      ]);
      expect(answer).toMatchObject({ ok: false });
    }
  });
});
