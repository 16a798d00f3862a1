import { expect, test } from "vitest";
import { node, testDocument } from "./fixtures";
import { groupsOf, setFieldAndSets } from "./groups";
import { apply } from "./operations";

const config = {
  groupBy: ["cluster"],
  dimensions: [{ name: "rack", expression: "tags['rack']" }],
  sets: [["cluster", "rack"], ["rack"], []],
};

function after(path: string, value: unknown) {
  const document = testDocument();
  document.nodes["filter-1"] = node("aggregate", "sums", config);
  const edit = setFieldAndSets(
    document,
    "filter-1",
    { path, title: path },
    value as never,
  );
  const applied = apply(document, edit.operations);
  return applied.ok ? applied.document.nodes["filter-1"]?.config : undefined;
}

test("groups are columns, then dimensions by name", () => {
  expect(groupsOf(config)).toEqual(["cluster", "rack"]);
});

test("a dimension's new name stands in the sets too", () => {
  const dimensions = [{ name: "shelf", expression: "tags['rack']" }];
  expect(after("dimensions", dimensions)?.["sets"]).toEqual([
    ["cluster", "shelf"],
    ["shelf"],
    [],
  ]);
});

test.each([
  ["a group is added", "groupBy", ["cluster", "node"]],
  ["a group is removed", "groupBy", undefined],
  ["an expression changes", "dimensions", [{ name: "rack", expression: "x" }]],
])("the sets stay when %s", (_, path, value) => {
  expect(after(path, value)?.["sets"]).toEqual(config.sets);
});
