import { expect, it } from "vitest";
import { nextOrder, sortedPlaces } from "./order";

function sorted(type: string, values: unknown[], descending = false) {
  const rows = values.map((value) => ({
    kind: "+I" as const,
    values: [value],
  }));
  return sortedPlaces(rows, { column: 0, descending }, type).map(
    (place) => values[place],
  );
}

it("sorts numbers by size, not by text", () => {
  expect(sorted("INT", [10, 9, -2, 100])).toEqual([-2, 9, 10, 100]);
});

it("tells BIGINTs apart that are the same double", () => {
  const values = ["9007199254740993", "9007199254740992", "-1", "42"];
  expect(sorted("BIGINT", values)).toEqual([
    "-1",
    "42",
    "9007199254740992",
    "9007199254740993",
  ]);
});

it("compares DECIMALs digit by digit, whatever their scale", () => {
  const values = [
    "12345678901234567890.12",
    "12345678901234567890.1",
    "-12345678901234567890.2",
    "12345678901234567890.110",
  ];
  expect(sorted("DECIMAL(38, 3)", values)).toEqual([
    "-12345678901234567890.2",
    "12345678901234567890.1",
    "12345678901234567890.110",
    "12345678901234567890.12",
  ]);
});

it("puts NULL first, infinities at the ends and NaN behind them", () => {
  const values = ["NaN", 1, "Infinity", null, "-Infinity", -5, null];
  const up = [null, null, "-Infinity", -5, 1, "Infinity", "NaN"];
  expect(sorted("DOUBLE", values)).toEqual(up);
  expect(sorted("DOUBLE", values, true)).toEqual(up.toReversed());
});

it("sorts texts by their characters, NULL before the empty text", () => {
  expect(sorted("STRING", ["b", "", null, "a", "B"])).toEqual([
    null,
    "",
    "B",
    "a",
    "b",
  ]);
});

it("leaves equal rows as they stood, in both directions", () => {
  const rows = ["b", "a", "b", "a"].map((value, at) => ({
    kind: "+I" as const,
    values: [value, at],
  }));
  const places = (descending: boolean) =>
    sortedPlaces(rows, { column: 0, descending }, "STRING");
  expect(places(false)).toEqual([1, 3, 0, 2]);
  expect(places(true)).toEqual([0, 2, 1, 3]);
});

it("goes from ascending to descending to none", () => {
  const up = nextOrder(null, 2);
  const down = nextOrder(up, 2);
  expect([up, down, nextOrder(down, 2)]).toEqual([
    { column: 2, descending: false },
    { column: 2, descending: true },
    null,
  ]);
  expect(nextOrder(down, 1)).toEqual({ column: 1, descending: false });
});
