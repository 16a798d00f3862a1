import { expect, test } from "vitest";
import type { Diagnostic } from "../api/types";
import { node, testDocument } from "../document/fixtures";
import { groupFindings } from "./findings";

function found(part: Partial<Diagnostic>): Diagnostic {
  return {
    node: "",
    field: "",
    severity: "info",
    code: "x",
    summary: "Something",
    detail: "",
    ...part,
  };
}

test("errors come first, then warnings, then what stayed SQL", () => {
  const document = {
    ...testDocument(),
    nodes: { "sql-1": node("sql", "odd") },
  };
  const diagnostics = [
    found({ code: "kept-as-sql", node: "sql-1" }),
    found({ severity: "warning" }),
    found({}),
    found({ severity: "error" }),
  ];
  const groups = groupFindings({ document, diagnostics } as never);
  expect(groups.map(({ id }) => id)).toEqual([
    "errors",
    "warnings",
    "kept",
    "notes",
  ]);
  expect(groups[2]?.findings[0]?.node).toBe("odd");
});

test.each([
  [
    "Line 12, column 3: Found ) here. The text was: SELECT )",
    { line: 12, detail: "Found ) here.", text: "SELECT )" },
  ],
  ["Line 4: Write it out.", { line: 4, detail: "Write it out.", text: "" }],
  ["Nothing more.", { line: undefined, detail: "Nothing more.", text: "" }],
])("%j is a place, a sentence and a text", (detail, parts) => {
  const [group] = groupFindings({
    document: testDocument(),
    diagnostics: [found({ detail })],
  } as never);
  expect(group?.findings[0]).toMatchObject(parts);
});
