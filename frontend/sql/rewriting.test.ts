import { expect, test } from "vitest";
import { replacement, samePlace } from "./rewriting";

test.each([
  ["abc", "abc"],
  ["", "abc"],
  ["abc", ""],
  ["aaa", "aa"],
  ["aa", "aaa"],
  ["SELECT a FROM b", "SELECT a, c FROM b"],
  ["xyz", "abc"],
])("%j becomes %j by one stretch", (before, after) => {
  const { from, to, insert } = replacement(before, after);
  expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
});

test("only what differs is touched", () => {
  expect(replacement("WHERE a > 15;", "WHERE a > 20;")).toEqual({
    from: 10,
    to: 12,
    insert: "20",
  });
});

test.each([
  ["SELECT a|,b FROM t", "SELECT\n  a|,\n  b\nFROM t"],
  ["|SELECT a", "|SELECT a"],
  ["SELECT a  |", "SELECT a|"],
])("the caret of %j is at %j after formatting", (marked, expected) => {
  const caret = marked.indexOf("|");
  const after = expected.replace("|", "");
  expect(samePlace(marked.replace("|", ""), caret, after)).toBe(
    expected.indexOf("|"),
  );
});
