import type { KindField } from "../api/types";
import {
  edgesOutOf,
  isObject,
  valueAt,
  type Json,
  type PipelineDocument,
} from "./document";
import { setValue, type Edit } from "./edits";
import type { Kinds } from "./kind";
import type { Operation } from "./operations";
import { rewriteExpression, rewriteHint, rewriteQuery } from "./rewrite";

/** Renames a node and, in the same step, what its direct consumers say about it. */
export function renameNode(
  document: PipelineDocument,
  kinds: Kinds,
  id: string,
  name: string,
): Edit {
  const old = document.nodes[id]?.name ?? "";
  const operations: Operation[] = [
    { op: "set", path: ["nodes", id, "name"], value: name },
  ];
  const consumers = new Set(edgesOutOf(document, id).map((edge) => edge.to));
  for (const consumer of consumers) {
    operations.push(...rewriteConsumer(document, kinds, consumer, old, name));
  }
  return { label: `Rename ${old} to ${name}`, operations };
}

function rewriteConsumer(
  document: PipelineDocument,
  kinds: Kinds,
  consumer: string,
  old: string,
  name: string,
): Operation[] {
  const node = document.nodes[consumer];
  const fields = node ? (kinds.get(node.kind)?.fields ?? []) : [];
  return fields.flatMap((field) => {
    const value = node && valueAt(node.config, field.path);
    if (value === undefined) return [];
    const rewritten = rewriteValue(field, value, old, name);
    return rewritten === value
      ? []
      : [setValue(consumer, field.path, rewritten)];
  });
}

function rewriteValue(
  field: KindField,
  value: Json,
  old: string,
  name: string,
): Json {
  const rewrite = (text: Json): Json =>
    typeof text === "string" ? rewriteExpression(text, old, name) : text;
  switch (field.type) {
    case "expression":
      return rewrite(value);
    case "sql":
      return typeof value === "string" ? rewriteQuery(value, old, name) : value;
    case "expressionList":
      return rewriteList(value, rewrite);
    case "hintList":
      return rewriteList(value, (hint) =>
        typeof hint === "string" ? rewriteHint(hint, old, name) : hint,
      );
    case "namedExpressions":
    case "orderBy":
    case "tableColumns":
      return rewriteList(value, (row) => {
        if (!isObject(row) || row["expression"] === undefined) return row;
        const expression = rewrite(row["expression"]);
        return expression === row["expression"] ? row : { ...row, expression };
      });
    default:
      return value;
  }
}

function rewriteList(value: Json, rewrite: (item: Json) => Json): Json {
  if (!Array.isArray(value)) return value;
  const items = value.map(rewrite);
  return items.every((item, index) => item === value[index]) ? value : items;
}
