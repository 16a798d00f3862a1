import { expect, test } from "vitest";
import { apply } from "../document/operations";
import type { PipelineDocument } from "../document/document";
import { inEffect, remedyOf } from "./remedies";

const document: PipelineDocument = {
  format: 1,
  name: "a",
  mode: "streaming",
  settings: {},
  nodes: {},
  edges: [],
};

const remedy = remedyOf({
  label: "Do not wait for idle parts longer than 5 s",
  operations: [
    {
      op: "set",
      path: ["settings", "table.exec.source.idle-timeout"],
      value: "5 s",
    },
  ],
});

test("a remedy is in effect once it was applied", () => {
  expect(inEffect(document, remedy)).toBe(false);
  const applied = apply(document, remedy.operations);
  expect(applied.ok && inEffect(applied.document, remedy)).toBe(true);
});

test("a remedy of a node that is gone is not in effect", () => {
  const lost = remedyOf({
    label: "Read from the beginning",
    operations: [
      { op: "set", path: ["nodes", "gone", "config", "x"], value: "y" },
    ],
  });
  expect(inEffect(document, lost)).toBe(false);
});
