import { describe, expect, test } from "vitest";
import { masker, newSalt } from "./mask";

const mask = masker("salt");

describe("stand-ins", () => {
  test("are the same for the same value, and others under another salt", () => {
    const name = "Ada Lovelace 1815";
    expect(mask(name, "STRING")).toBe(mask(name, "VARCHAR(30)"));
    expect(mask(name, "STRING")).not.toBe(name);
    expect(masker("other")(name, "STRING")).not.toBe(mask(name, "STRING"));
    expect(newSalt()).not.toBe(newSalt());
  });

  test("keep the shape of texts", () => {
    expect(mask("Ada-7 x@y.org", "STRING")).toMatch(
      /^[A-Z][a-z]{2}-\d [a-z]@[a-z]\.[a-z]{3}$/,
    );
  });

  test.each([
    [127, "TINYINT", 127],
    [32_767, "SMALLINT", 32_767],
    [2_147_483_647, "INT NOT NULL", 2_147_483_647],
    [-5, "INT", 9],
  ])("%s stays a %s", (value, type, highest) => {
    const made = Number(mask(value, type));
    expect(Number.isInteger(made)).toBe(true);
    expect(Math.abs(made)).toBeLessThanOrEqual(highest);
    expect(Math.sign(made)).toBe(Math.sign(value));
  });

  test("fit the type of exact and binary columns", () => {
    expect(mask("9223372036854775807", "BIGINT")).toMatch(/^[1-9]\d{17}$/);
    expect(mask("-0.50", "DECIMAL(3, 2)")).toMatch(/^-0\.[1-9]\d$/);
    expect(mask("00ff", "BYTES")).toMatch(/^[0-9a-f]{4}$/);
    expect(mask(1.25, "DOUBLE")).toBeTypeOf("number");
  });

  test("of times are times of the same year", () => {
    expect(mask("2024-02-29 23:59:59.123", "TIMESTAMP(3)")).toMatch(
      /^2024-(0[1-9]|1[0-2])-([01]\d|2[0-8]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}$/,
    );
    expect(mask("2024-02-29", "DATE")).toMatch(/^2024-\d\d-\d\d$/);
  });

  test("of nested values keep their names, and NULL stays NULL", () => {
    expect(mask(null, "STRING")).toBe(null);
    const made = mask({ name: "Ada", tags: ["x", null] }, "ROW<…>");
    expect(made).toEqual({
      name: expect.stringMatching(/^[A-Z][a-z]{2}$/) as unknown,
      tags: [expect.stringMatching(/^[a-z]$/) as unknown, null],
    });
  });
});
