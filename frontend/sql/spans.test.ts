import { expect, test } from "vitest";
import type { Compiled } from "../api/types";
import { isPartOf, sameToken, spanAt, spansOf } from "./spans";

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

const script = `-- größer 👍
CREATE TEMPORARY VIEW late AS
SELECT *
FROM "flights"
WHERE delay > 15;
`;
const sql = script.slice(script.indexOf("CREATE"), script.indexOf(";"));
const start = bytes(script.slice(0, script.indexOf("CREATE")));
const at = (text: string) => bytes(sql.slice(0, sql.indexOf(text)));

const compiled: Compiled = {
  script,
  diagnostics: [],
  statements: [
    {
      node: "filter-1",
      sql,
      start,
      end: start + bytes(sql),
      pieces: [
        { field: "name", start: at("late"), end: at("late") + 4 },
        { field: "condition", start: at("delay"), end: at("delay") + 8 },
        { field: "condition", start: at("15"), end: at("15") + 2 },
      ],
    },
  ],
};

test("statements and fields stand where the script has them, in units and not in bytes", () => {
  const texts = spansOf(compiled).map(({ field, from, to }) => [
    field,
    script.slice(from, to),
  ]);
  expect(texts).toEqual([
    ["", sql],
    ["name", "late"],
    ["condition", "delay > 15"],
  ]);
});

test.each([
  ["-- g", ""],
  ["CREATE TEMP", "statement"],
  ["VIEW la", "name"],
  ["VIEW late", "name"],
  ["WHERE ", "condition"],
  ["delay >", "condition"],
])("behind %j the caret is in: %s", (before, expected) => {
  const offset = script.indexOf(before) + before.length;
  const span = spanAt(spansOf(compiled), offset);
  expect(span ? span.field || "statement" : "").toBe(expected);
});

test.each([
  ["columns.1.name", "columns", true],
  ["columns", "columns.1.name", true],
  ["columnsOfTime", "columns", false],
  ["", "columns", false],
])("field %j belongs to %j: %s", (field, path, expected) => {
  expect(isPartOf(field, path)).toBe(expected);
});

test.each([
  ["late.code = airports.iata", "late.co|de", "left.co|de = right.iata"],
  ["late.code = airports.iata", "airp|orts", "left.code = righ|t.iata"],
  ["a > 15", "a > 15|", "  a>15|"],
  ["a > 15", "a |> 15", "a |> 15"],
])("in %j the caret %j is %j in the field", (from, marked, expected) => {
  const [before = "", after = ""] = marked.split("|");
  const offset = from.indexOf(before + after) + before.length;
  const to = expected.replace("|", "");
  expect(sameToken(from, offset, to)).toBe(expected.indexOf("|"));
});
