import { expect, it } from "vitest";
import { partsOf } from "./parts";

it("a plain value has no parts", () => {
  for (const value of [null, 1, "[1]", true, ""])
    expect(partsOf(value)).toBeNull();
});

it("an array counts from 1, as Flink does", () => {
  expect(partsOf(["a", ["b"]])).toMatchObject({
    entries: [
      { name: "1", value: "a" },
      { name: "2", value: ["b"] },
    ],
    summary: "2 elements",
  });
});

it("a row has its fields, whatever they are called", () => {
  const value = JSON.parse('{"__proto__":1,"a\\"b":null}') as unknown;
  expect(partsOf(value)?.entries).toEqual([
    { name: "__proto__", value: 1 },
    { name: 'a"b', value: null },
  ]);
});

it("a map has its keys, of any type", () => {
  const map = [
    { key: null, value: 1 },
    { key: ["x"], value: { a: 2 } },
  ];
  expect(partsOf(map)).toMatchObject({
    entries: [
      { name: "NULL", value: 1 },
      { name: '["x"]', value: { a: 2 } },
    ],
    summary: "2 entries",
  });
});

it("what is empty says so", () => {
  expect(partsOf([])).toMatchObject({ entries: [], empty: "[]" });
  expect(partsOf({})).toMatchObject({ entries: [], empty: "{}" });
});
