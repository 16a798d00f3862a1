import { expect, test } from "vitest";
import type { Finding } from "../api/types";
import { node, testDocument } from "../document/fixtures";
import { groupFindings } from "./findings";

function found(part: Partial<Finding>): Finding {
  return {
    node: "",
    field: "",
    severity: "info",
    code: "x",
    summary: "Something",
    detail: "",
    start: 0,
    end: 0,
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
  const groups = groupFindings({ document, diagnostics } as never, "");
  expect(groups.map(({ id }) => id)).toEqual([
    "errors",
    "warnings",
    "kept",
    "notes",
  ]);
  expect(groups[2]?.findings[0]?.node).toBe("odd");
});

const script = "SET 'größe' = '1';\nSELECT a b c\nFROM t;\n";

test.each([
  [
    "Line 2, column 12: Found c here. The text was: SELECT a b c",
    32,
    33,
    {
      line: 2,
      detail: "Found c here.",
      excerpt: {
        before: "SELECT a b ",
        marked: "c",
        after: "",
        from: 30,
        to: 31,
      },
    },
  ],
  [
    "Line 1: Write it out. The text was: SET",
    0,
    3,
    {
      line: 1,
      detail: "Write it out.",
      excerpt: {
        before: "",
        marked: "SET",
        after: " 'größe' = '1';",
        from: 0,
        to: 3,
      },
    },
  ],
  [
    "Line 2: Take it apart.",
    21,
    40,
    {
      excerpt: {
        before: "",
        marked: "SELECT a b c\nFROM t",
        after: ";",
        from: 19,
        to: 38,
      },
    },
  ],
  ["Nothing more.", 0, 0, { line: undefined, excerpt: undefined }],
])("%j is a sentence about characters", (detail, start, end, parts) => {
  const [group] = groupFindings(
    {
      document: testDocument(),
      diagnostics: [found({ detail, start, end })],
    } as never,
    script,
  );
  expect(group?.findings[0]).toMatchObject(parts);
});
