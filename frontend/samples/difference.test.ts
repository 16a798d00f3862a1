import { expect, it } from "vitest";
import type { Outcome } from "../api/types";
import { changesOf } from "./difference";

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
  expect(changesOf(outcome)).toEqual([
    {
      sort: "changed",
      kind: "+I",
      cells: [{ value: "7" }, { value: 12, expected: 10 }, { value: null }],
    },
    {
      sort: "missing",
      kind: "+I",
      cells: [{ value: "8" }, { value: null }, { value: ["a"] }],
    },
    {
      sort: "unexpected",
      kind: "+I",
      cells: [{ value: "9" }, { value: 1.5 }, { value: [] }],
    },
  ]);
});
