import { expect, test } from "vitest";
import {
  everyCombination,
  groupNames,
  hasSet,
  withName,
  withSet,
} from "./columnSets";

test("every combination goes from all groups down to the grand total", () => {
  expect(everyCombination(["a", "b", "c"])).toEqual([
    ["a", "b", "c"],
    ["a", "b"],
    ["a", "c"],
    ["b", "c"],
    ["a"],
    ["b"],
    ["c"],
    [],
  ]);
});

test("sets are made of columns and of dimensions that have a name", () => {
  const dimensions = [{ name: "rack" }, { name: "" }, { name: "a" }];
  expect(groupNames({ groupBy: ["a"], dimensions })).toEqual(["a", "rack"]);
});

test("the order of a set's names does not matter", () => {
  expect(hasSet([["a", "b"]], ["b", "a"])).toBe(true);
  expect(hasSet([["a", "b"]], ["a"])).toBe(false);
});

test("a common set is put in and, pressed again, taken out", () => {
  expect(withSet([["a"]], [])).toEqual([["a"], []]);
  expect(withSet([["a"], []], [])).toEqual([["a"]]);
});

test("a name joins its set in the order of the groups; a strange one stays last", () => {
  expect(withName(["b", "gone"], "a", ["a", "b"])).toEqual(["a", "b", "gone"]);
  expect(withName(["a", "gone"], "gone", ["a", "b"])).toEqual(["a"]);
});
