import { expect, it } from "vitest";
import type { Outcome } from "../api/types";
import { rowChanges } from "./versionRows";

it("lists changed rows with both values, then those that are gone and those that are new", () => {
  const outcome: Outcome = {
    node: "n",
    name: "n",
    passed: false,
    message: "",
    columns: ["id", "total", "tags"],
    differing: 3,
    changed: [
      {
        key: ["7"],
        row: ["7", 12, null],
        cells: [{ column: 1, expected: 10, actual: 12 }],
      },
    ],
    missing: [{ values: ["8", null, ["a"]] }],
    unexpected: [{ values: ["9", 1.5, []] }],
  };
  expect(rowChanges(outcome)).toEqual([
    { sign: "~", cells: ["7", "10 → 12", "NULL"] },
    { sign: "-", cells: ["8", "NULL", '["a"]'] },
    { sign: "+", cells: ["9", "1.5", "[]"] },
  ]);
});
