import { describe, expect, test } from "vitest";
import { editText, pastedValue, valueOf } from "./values";

describe("what is typed into a cell", () => {
  test.each([
    ["12", "INT", 12],
    ["12", "BIGINT NOT NULL", "12"],
    ["9007199254740993", "BIGINT", "9007199254740993"],
    ["1.50", "DECIMAL(10, 2)", "1.50"],
    ["1.5", "DOUBLE", 1.5],
    ["NaN", "DOUBLE", "NaN"],
    ["TRUE", "BOOLEAN", true],
    ["maybe", "BOOLEAN", "maybe"],
    ["", "STRING", ""],
    ["", "INT", null],
    ["null", "TIMESTAMP(3)", null],
    ["null", "VARCHAR(4)", "null"],
    [" 2024-01-01 ", "DATE", "2024-01-01"],
    ['[1,{"a":2}]', "ARRAY<ROW<a INT>>", [1, { a: 2 }]],
    ["[1,", "ARRAY<INT>", "[1,"],
    ["x", "INT", "x"],
  ])("%s of %s", (text, type, value) => {
    expect(valueOf(text, type)).toEqual(value);
  });

  test("an empty cell of a spreadsheet is NULL, of texts too", () => {
    expect(pastedValue("", "STRING")).toBe(null);
    expect(pastedValue(" ", "STRING")).toBe(" ");
  });

  test("what is edited and left as it was is the same value", () => {
    for (const [value, type] of [
      [["a", null], "ARRAY<STRING>"],
      [-3, "INT"],
      ["0.10", "DECIMAL(3, 2)"],
      [false, "BOOLEAN"],
    ] as const)
      expect(valueOf(editText(value), type)).toEqual(value);
  });
});
