import { expect, test } from "vitest";
import type { Connector, KindField } from "../api/types";
import { at, isShown, shifted } from "./fieldProps";
import { switched } from "./OptionsInput";
import { plainType } from "./TakeColumns";

function connector(name: string, keys: string[]): Connector {
  const option = {
    title: "",
    type: "text" as const,
    required: false,
    help: "",
    default: "",
    values: [],
  };
  return {
    name,
    title: name,
    help: "",
    source: true,
    sink: true,
    options: keys.map((key) => ({ ...option, key })),
  };
}

test("another connector keeps shared and hand-written options only", () => {
  const connectors = [
    connector("filesystem", ["path", "format"]),
    connector("kafka", ["topic", "format"]),
  ];
  const options = {
    connector: "filesystem",
    path: "/x",
    format: "json",
    "my.key": "1",
  };
  expect(switched(options, "kafka", connectors)).toEqual({
    connector: "kafka",
    format: "json",
    "my.key": "1",
  });
});

test.each([
  ["TIMESTAMP(3) *ROWTIME*", "TIMESTAMP(3)"],
  ["STRING NOT NULL", "STRING"],
  ["ROW<`a` INT NOT NULL>", "ROW<`a` INT NOT NULL>"],
])("DESCRIBE's %s is a column of %s", (told, type) => {
  expect(plainType(told)).toBe(type);
});

test("a field is shown when the value it hangs on is one of those named", () => {
  const field: KindField = {
    path: "slide",
    title: "Slide",
    type: "text",
    required: true,
    help: "",
    showWhen: { path: "window", values: ["hop", "cumulate"] },
  };
  expect(isShown(field, { window: "hop" })).toBe(true);
  expect(isShown(field, { window: "tumble" })).toBe(false);
  expect(isShown(field, {})).toBe(false);
});

test("a field has the diagnostics of its parts, and not of one that begins alike", () => {
  const made = (field: string) => ({
    node: "",
    field,
    severity: "error" as const,
    code: "",
    summary: "",
    detail: "",
  });
  const all = [made("columns"), made("columns.0.name"), made("columnsOfTime")];
  expect(at(all, "columns")).toHaveLength(2);
});

test("a row moves by one place", () => {
  expect(shifted(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(shifted(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
});
