import { expect, test } from "vitest";
import { field, kind, testDocument, testKinds } from "./fixtures";
import { kindsByName } from "./kind";
import { apply } from "./operations";
import { renameNode } from "./rename";
import { rewriteExpression, rewriteHint, rewriteQuery } from "./rewrite";

test.each([
  ["late.carrier = carriers.code", "delayed.carrier = carriers.code"],
  ["`late`.x", "`delayed`.x"],
  ["late . x", "delayed . x"],
  ["a.late.x", "a.late.x"],
  ["late > 3", "late > 3"],
  ["'late.x' || late.x", "'late.x' || delayed.x"],
  ["late.x -- late.y", "delayed.x -- late.y"],
  ["/* late.x */ late.x", "/* late.x */ delayed.x"],
  ["latest.x + later.late", "latest.x + later.late"],
  ["Late.x", "Late.x"],
])("in an expression %j becomes %j", (text, expected) => {
  expect(rewriteExpression(text, "late", "delayed")).toBe(expected);
});

test("a name that is a word of SQL is written in back-ticks", () => {
  expect(rewriteExpression("late.x", "late", "order")).toBe("`order`.x");
  expect(rewriteExpression("late.x", "late", "zu-spät")).toBe("`zu-spät`.x");
});

test.each([
  ["SELECT * FROM late", "SELECT * FROM delayed"],
  [
    "SELECT late.x FROM a JOIN late ON a.x = late.x",
    "SELECT delayed.x FROM a JOIN delayed ON a.x = delayed.x",
  ],
  ["SELECT x, late FROM a, late", "SELECT x, late FROM a, delayed"],
  ["SELECT l.x FROM late AS l", "SELECT l.x FROM delayed AS l"],
  ["SELECT late.x FROM other AS late", "SELECT late.x FROM other AS late"],
  ["SELECT late.x FROM other late", "SELECT late.x FROM other late"],
  [
    "WITH late AS (SELECT 1) SELECT * FROM late",
    "WITH late AS (SELECT 1) SELECT * FROM late",
  ],
  [
    "SELECT * FROM TABLE(TUMBLE(TABLE late, DESCRIPTOR(ts), INTERVAL '1' HOUR))",
    "SELECT * FROM TABLE(TUMBLE(TABLE delayed, DESCRIPTOR(ts), INTERVAL '1' HOUR))",
  ],
  [
    "SELECT * FROM a WHERE x IN (SELECT y FROM late) AND z = 'FROM late'",
    "SELECT * FROM a WHERE x IN (SELECT y FROM delayed) AND z = 'FROM late'",
  ],
  [
    "SELECT EXTRACT(DAY FROM late) FROM a",
    "SELECT EXTRACT(DAY FROM late) FROM a",
  ],
  [
    "SELECT 1 FROM a WHERE x IS DISTINCT FROM late",
    "SELECT 1 FROM a WHERE x IS DISTINCT FROM late",
  ],
  ["SELECT COUNT(late) FROM db.late", "SELECT COUNT(late) FROM db.late"],
])("in a query %j becomes %j", (text, expected) => {
  expect(rewriteQuery(text, "late", "delayed")).toBe(expected);
});

test("renaming a node rewrites its direct consumers in the same step", () => {
  const document = testDocument();
  const edit = renameNode(document, testKinds, "filter-1", "delayed");
  const applied = apply(document, edit.operations);
  const nodes = applied.ok ? applied.document.nodes : {};
  expect(edit.label).toBe("Rename late to delayed");
  expect(nodes["filter-1"]?.name).toBe("delayed");
  expect(nodes["join-1"]?.config).toEqual({
    condition: "delayed.carrier = carriers.code",
  });
  expect(nodes["sql-1"]?.config).toEqual({
    query: "SELECT delayed.x FROM delayed, carriers",
  });
  expect(edit.operations).toHaveLength(3);
});

test("lists of expressions and named expressions are rewritten too", () => {
  const document = testDocument();
  document.nodes["filter-1"] = {
    kind: "select",
    name: "late",
    position: { x: 0, y: 0 },
    description: "",
    config: {
      columns: [
        { name: "late", expression: "flights.delay" },
        { name: "b", expression: "1" },
      ],
    },
  };
  const { operations } = renameNode(
    document,
    testKinds,
    "source-1",
    "all_flights",
  );
  expect(operations[1]).toMatchObject({
    value: [
      { name: "late", expression: "all_flights.delay" },
      { name: "b", expression: "1" },
    ],
  });
});

test.each([
  ["BROADCAST(late)", "BROADCAST(delayed)"],
  ["BROADCAST(a, `late`)", "BROADCAST(a, `delayed`)"],
  [
    "STATE_TTL('late' = '1d', 'a' = 'late')",
    "STATE_TTL('delayed' = '1d', 'a' = 'late')",
  ],
  [
    "LOOKUP('table' = 'late', 'async' = 'true')",
    "LOOKUP('table' = 'delayed', 'async' = 'true')",
  ],
  ["late(a)", "late(a)"],
  ["OPTIONS('scan.mode' = 'latest')", "OPTIONS('scan.mode' = 'latest')"],
])("in a hint %j becomes %j", (text, expected) => {
  expect(rewriteHint(text, "late", "delayed")).toBe(expected);
});

test("sort keys, hints, sets and what stands beside them: each is rewritten as what it is", () => {
  const document = testDocument();
  document.nodes["sink-1"] = {
    kind: "ranked",
    name: "out",
    position: { x: 0, y: 0 },
    description: "",
    config: {
      orderBy: [
        { expression: "named.delay", direction: "desc" },
        { expression: "named" },
      ],
      hints: ["STATE_TTL('named' = '1d')"],
      dimensions: [{ name: "named", expression: "named.tags['a']" }],
      having: "COUNT(named.x) > 1",
      sets: [["named"]],
    },
  };
  const kinds = kindsByName([
    ...testKinds.values(),
    kind("ranked", [], true, [
      field("orderBy", "orderBy"),
      field("hints", "hintList"),
      field("dimensions", "namedExpressions"),
      field("having", "expression"),
      field("sets", "columnLists"),
    ]),
  ]);
  const edit = renameNode(document, kinds, "join-1", "joined");
  const applied = apply(document, edit.operations);
  expect(applied.ok && applied.document.nodes["sink-1"]?.config).toEqual({
    orderBy: [
      { expression: "joined.delay", direction: "desc" },
      { expression: "named" },
    ],
    hints: ["STATE_TTL('joined' = '1d')"],
    dimensions: [{ name: "named", expression: "joined.tags['a']" }],
    having: "COUNT(joined.x) > 1",
    sets: [["named"]],
  });
});
