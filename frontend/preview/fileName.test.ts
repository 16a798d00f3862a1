import { expect, it } from "vitest";
import { fileName } from "./fileName";

it("takes letters, digits and underscores of any language, and nothing else", () => {
  expect(fileName("Delays, by state: per_day/x")).toBe(
    "delays-by-state-per_day-x",
  );
  expect(fileName("Bestellungen für Köln")).toBe("bestellungen-für-köln");
  expect(fileName("../../etc/passwd")).toBe("etc-passwd");
  expect(fileName("??")).toBe("rows");
});
