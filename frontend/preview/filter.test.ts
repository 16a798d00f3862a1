import { expect, it } from "vitest";
import { matcher } from "./filter";

const row = (...values: unknown[]) => ({ kind: "+I" as const, values });

it("without a text lets everything pass", () => {
  expect(matcher({ column: null, text: "" })).toBeNull();
  expect(matcher({ column: 1, text: "" })).toBeNull();
});

it("finds a text in any column, in upper or lower case and inside of values", () => {
  const passes = matcher({ column: null, text: "bos" });
  expect(passes?.(row(1, "Boston"))).toBe(true);
  expect(passes?.(row(1, { city: ["BOS"] }))).toBe(true);
  expect(passes?.(row("B", "os"))).toBe(false);
});

it("compares one column as a whole", () => {
  const passes = matcher({ column: 1, text: "12" });
  expect(passes?.(row("x", 12))).toBe(true);
  expect(passes?.(row("x", "12"))).toBe(true);
  expect(passes?.(row("12", 123))).toBe(false);
});

it("finds NULL by its name", () => {
  expect(matcher({ column: 0, text: "NULL" })?.(row(null))).toBe(true);
  expect(matcher({ column: null, text: "null" })?.(row("", null))).toBe(true);
  expect(matcher({ column: 0, text: "NULL" })?.(row(""))).toBe(false);
});
