import { expect, test } from "vitest";
import { canConnect, firstFreePort } from "./connect";
import { testDocument, testKinds } from "./fixtures";

const ask = (from: string, to: string, port: string) =>
  canConnect(testDocument(), testKinds, from, to, port);

test("rows may flow into a free port", () => {
  expect(ask("source-1", "sql-1", "in")).toEqual({ ok: true });
});

test.each([
  ["a loop", "join-1", "filter-1", "in", "already reads flights"],
  ["a loop through a port for many", "sql-1", "sql-1", "in", "its own rows"],
  [
    "a taken port",
    "source-1",
    "join-1",
    "left",
    "already reads late on its left port",
  ],
  ["the same connection again", "source-2", "sql-1", "in", "already"],
  ["rows out of a sink", "sink-1", "sql-1", "in", "no rows leave it"],
  ["rows into a source", "filter-1", "source-1", "in", "no rows flow into it"],
  ["an unknown port", "source-1", "join-1", "middle", "no input"],
  ["a node that is gone", "gone", "join-1", "left", "gone"],
])("refuses %s with a sentence", (_, from, to, port, part) => {
  const answer = ask(from, to, port);
  expect(answer.ok).toBe(false);
  expect(!answer.ok && answer.reason).toContain(part);
});

test("a loop is refused also where the port takes many", () => {
  const document = testDocument();
  document.edges.push({ from: "sql-1", to: "sink-1", port: "in" });
  document.nodes["sql-2"] = {
    ...testDocument().nodes["sql-1"],
    name: "second",
  } as never;
  document.edges.push({ from: "sql-1", to: "sql-2", port: "in" });
  const answer = canConnect(document, testKinds, "sql-2", "sql-1", "in");
  expect(!answer.ok && answer.reason).toContain("loop");
});

test("a click connects to the first free port", () => {
  const document = testDocument();
  document.edges = document.edges.filter((edge) => edge.to !== "join-1");
  expect(firstFreePort(document, testKinds, "source-1", "join-1")?.port).toBe(
    "left",
  );
  expect(
    firstFreePort(document, testKinds, "source-1", "source-2"),
  ).toBeUndefined();
});
