import { expect, it } from "vitest";
import type { PipelineDocument } from "../document/document";
import { shouldStart, type Situation } from "./autoPreview";

const document: PipelineDocument = {
  format: 1,
  name: "p",
  mode: "streaming",
  settings: {},
  nodes: {},
  edges: [],
};
const batch: PipelineDocument = { ...document, mode: "batch" };

const edit: Situation = {
  on: true,
  engineReady: true,
  saved: true,
  clean: true,
  edited: true,
  starting: false,
  document: batch,
  tried: [document],
};

it("starts after an edit that is saved and has no errors", () => {
  expect(shouldStart(edit)).toBe(true);
  expect(shouldStart({ ...edit, tried: [] })).toBe(true);
});

it.each([
  ["it is switched off", { on: false }],
  ["Flink is not there", { engineReady: false }],
  ["the edit is not saved", { saved: false }],
  ["there is an error, or nobody has looked", { clean: false }],
  ["the edit is somebody else's", { edited: false }],
  ["one is still starting", { starting: true }],
  ["the edit changes no row", { document: { ...document, name: "q" } }],
  ["the same was tried, whatever came of it", { tried: [document, batch] }],
])("does not start while %s", (_, change: Partial<Situation>) => {
  expect(shouldStart({ ...edit, ...change })).toBe(false);
});
