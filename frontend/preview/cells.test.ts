import { expect, it } from "vitest";
import {
  cellText,
  columnWidths,
  gridTemplate,
  isNumeric,
  shortText,
} from "./cells";

it("tells SQL's NULL from an empty text", () => {
  expect(cellText(null)).toBeNull();
  expect(cellText("")).toBe("");
});

it("leaves wide numbers as they came and writes the rest out", () => {
  expect(cellText("9007199254740993")).toBe("9007199254740993");
  expect(cellText(1.5)).toBe("1.5");
  expect(cellText(false)).toBe("false");
  expect(cellText(["a", 1])).toBe('["a",1]');
});

it("shows a text on one line, and its beginning only", () => {
  expect(shortText("a\r\nb\nc")).toBe("a↵b↵c");
  expect(shortText("x".repeat(5000))).toHaveLength(300);
});

it("sees numbers by their Flink type", () => {
  expect(isNumeric("BIGINT NOT NULL")).toBe(true);
  expect(isNumeric("DECIMAL(10, 2)")).toBe(true);
  expect(isNumeric("INTERVAL DAY")).toBe(false);
  expect(isNumeric("STRING")).toBe(false);
});

it("takes widths from names, types and values, within bounds", () => {
  const columns = [
    { name: "a", type: "INT" },
    { name: "origin_airport", type: "STRING" },
    { name: "text", type: "STRING" },
  ];
  const rows = [{ kind: "+I" as const, values: [7, "JFK", "x".repeat(500)] }];
  expect(columnWidths(columns, rows)).toEqual([9, 17, 45]);
});

it("gives what is left to the last column", () => {
  expect(gridTemplate([9, 17], true)).toBe("9ch 6ch 9ch minmax(17ch, 1fr)");
  expect(gridTemplate([9], false)).toBe("9ch minmax(9ch, 1fr)");
});
