import { expect, it } from "vitest";
import { freeName } from "./freeName";
import { lineOf } from "./ImportFindings";

it("numbers a name that is taken", () => {
  expect(freeName("Untitled", [])).toBe("Untitled");
  expect(freeName("Untitled", ["Untitled", "Untitled 2"])).toBe("Untitled 3");
});

it("finds the line of a byte offset behind letters of several bytes", () => {
  expect(lineOf("-- é\nSELECT\n1", 0)).toBe(1);
  expect(lineOf("-- é\nSELECT\n1", 6)).toBe(2);
  expect(lineOf("-- é\nSELECT\n1", 13)).toBe(3);
});
