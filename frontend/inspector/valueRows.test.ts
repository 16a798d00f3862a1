import { expect, test } from "vitest";
import { literalOf, parseCells, pasteCells, withCell } from "./valueRows";

test.each([
  [
    "a\tb\nc\td",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "a\tb\r\nc\td\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "a\t\n\tb",
    [
      ["a", ""],
      ["", "b"],
    ],
  ],
  ['"a\nb"\t"say ""hi"""', [["a\nb", 'say "hi"']]],
  ['5" pipe\tx', [['5" pipe', "x"]]],
  ["a", [["a"]]],
])("%j is cells", (text, cells) => {
  expect(parseCells(text)).toEqual(cells);
});

test.each([
  ["1", "1"],
  ["-1.5e3", "-1.5e3"],
  ["TRUE", "TRUE"],
  ["", "NULL"],
  ["Boston", "'Boston'"],
  ["O'Hare", "'O''Hare'"],
  ["'quoted'", "'quoted'"],
  ["DATE '2024-01-01'", "DATE '2024-01-01'"],
  ["2024-01-01", "'2024-01-01'"],
  ["1 + 1", "'1 + 1'"],
])("a pasted cell %j is %s in SQL", (cell, literal) => {
  expect(literalOf(cell)).toBe(literal);
});

test("cells are laid over rows from a place on", () => {
  const cells = [
    ["1", "x"],
    ["2", "y"],
  ];
  expect(pasteCells([["'a'", "'b'"]], 0, 1, cells)).toEqual([
    ["'a'", "1", "'x'"],
    ["", "2", "'y'"],
  ]);
});

test("a cell behind the end of its row fills what is between", () => {
  expect(withCell([["1"], ["2"]], 1, 2, "3")).toEqual([["1"], ["2", "", "3"]]);
});
