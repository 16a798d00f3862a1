import { describe, expect, test } from "vitest";
import { edgeKey } from "./document";
import { testDocument } from "./fixtures";
import { invert } from "./invert";
import { apply, type Operation } from "./operations";
import { randomNumbers, randomOperation } from "./random";

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
