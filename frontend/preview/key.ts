import {
  edgesInto,
  type PipelineDocument,
  valueAt,
} from "../document/document";
import type { Column } from "./cells";

/**
 * The places of the columns by which the rows of a node are told apart: the declared primary key of a source, and of the
 * table that a sink writes, whose columns the rows match by their places. Null where no key is known.
 */
export function keyOf(
  document: PipelineDocument,
  node: string,
  columns: readonly Column[],
): readonly number[] | null {
  const config = document.nodes[node]?.config ?? {};
  const key = valueAt(config, "table.primaryKey");
  const declared = valueAt(config, "table.columns");
  if (!Array.isArray(key) || key.length === 0 || !Array.isArray(declared))
    return null;
  const isSink = edgesInto(document, node).length > 0;
  if (isSink && declared.length !== columns.length) return null;
  const names = isSink
    ? declared.map((column) => nameOf(column))
    : columns.map(({ name }) => name);
  const places = key.map((name) => names.indexOf(String(name)));
  return places.includes(-1) ? null : places;
}

function nameOf(column: unknown): string {
  return typeof column === "object" &&
    column !== null &&
    "name" in column &&
    typeof column.name === "string"
    ? column.name
    : "";
}
