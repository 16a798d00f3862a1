import { expect, it } from "vitest";
import { freeName } from "./freeName";

it("numbers a name that is taken", () => {
  expect(freeName("Untitled", [])).toBe("Untitled");
  expect(freeName("Untitled", ["Untitled", "Untitled 2"])).toBe("Untitled 3");
});
