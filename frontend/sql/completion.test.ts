import {
  CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { completeFrom, type Vocabulary } from "./completion";

const vocabulary: Vocabulary = {
  tables: [
    { name: "left", isPort: true, columns: [{ name: "delay", type: "INT" }] },
    { name: "late", isPort: false, columns: [{ name: "delay", type: "INT" }] },
    {
      name: "airports",
      isPort: false,
      columns: [{ name: "date", type: "STRING" }],
    },
  ],
  functions: [
    { name: "my_band", kind: "scalar", signatures: ["eval(INT) → STRING"] },
  ],
  query: false,
};

function offered(text: string): string[] {
  const state = EditorState.create({ doc: text });
  const context = new CompletionContext(state, text.length, false);
  const result = completeFrom(() => vocabulary)(
    context,
  ) as CompletionResult | null;
  return (result?.options ?? []).map(({ label }) => label);
}

test("columns come first, then inputs, functions and words", () => {
  expect(offered("de").slice(0, 5)).toEqual([
    "delay",
    "date",
    "left",
    "late",
    "airports",
  ]);
  expect(offered("de")).toContain("my_band");
  expect(offered("de")).toContain("CASE");
});

test("behind an input's name and a dot there are its columns only", () => {
  expect(offered("airports.")).toEqual(["date"]);
  expect(offered("LEFT.")).toEqual(["delay"]);
  expect(offered("nobody.")).toEqual([]);
});

test("nothing is offered in strings and comments", () => {
  expect(offered("x = 'de")).toEqual([]);
  expect(offered("x -- de")).toEqual([]);
});
