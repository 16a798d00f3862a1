import type { Kind, KindField, Port } from "../api/types";
import type { PipelineDocument, PipelineNode } from "./document";
import { kindsByName } from "./kind";

// What the tests of this folder stand on.

const input: Port = { name: "in", title: "Input", many: false, required: true };

export function field(path: string, type: KindField["type"]): KindField {
  return { path, title: path, type, required: false, help: "" };
}

export function kind(
  name: string,
  inputs: Port[],
  output: boolean,
  fields: KindField[],
): Kind {
  return {
    kind: name,
    title: name,
    category: "Transform",
    icon: "box",
    help: "",
    inputs,
    output,
    fields,
  };
}

export const testKinds = kindsByName([
  kind("source", [], true, [field("table.watermark.column", "text")]),
  kind("filter", [input], true, [field("condition", "expression")]),
  kind("select", [input], true, [field("columns", "namedExpressions")]),
  kind(
    "join",
    [
      { ...input, name: "left", title: "Left" },
      { ...input, name: "right", title: "Right" },
    ],
    true,
    [field("condition", "expression")],
  ),
  kind("udf", [input], true, [field("arguments", "expressionList")]),
  kind("sql", [{ ...input, many: true }], true, [field("query", "sql")]),
  kind("sink", [input], false, []),
]);

export function node(
  kindName: string,
  name: string,
  config = {},
): PipelineNode {
  return {
    kind: kindName,
    name,
    config,
    position: { x: 0, y: 0 },
    description: "",
  };
}

/** flights → late, late and carriers → named → out; `free` reads late and carriers. */
export function testDocument(): PipelineDocument {
  return {
    format: 1,
    name: "delays",
    mode: "streaming",
    settings: {},
    nodes: {
      "source-1": node("source", "flights"),
      "source-2": node("source", "carriers"),
      "filter-1": node("filter", "late", { condition: "delay > 15" }),
      "join-1": node("join", "named", {
        condition: "late.carrier = carriers.code",
      }),
      "sql-1": node("sql", "free", {
        query: "SELECT late.x FROM late, carriers",
      }),
      "sink-1": node("sink", "out"),
    },
    edges: [
      { from: "filter-1", to: "join-1", port: "left" },
      { from: "filter-1", to: "sql-1", port: "in" },
      { from: "join-1", to: "sink-1", port: "in" },
      { from: "source-1", to: "filter-1", port: "in" },
      { from: "source-2", to: "join-1", port: "right" },
      { from: "source-2", to: "sql-1", port: "in" },
    ],
  };
}
