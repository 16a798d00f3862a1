import type { Compiled, Diagnostic, Relations } from "../api/types";
import {
  edgesInto,
  isObject,
  nodeName,
  valueAt,
  type PipelineDocument,
  type PipelineNode,
} from "./document";

/** A column as far as it is known: by Flink, or from what the person typed for a source. */
export interface Column {
  name: string;
  type: string;
  rowtime: boolean;
  /** Whether it may be NULL; absent where only Flink could say. */
  nullable?: boolean;
  /** Known from before a mistake: Flink cannot say what it is now. */
  stale?: boolean;
}

/** What server and engine say about the document that is on the screen, or was a moment ago. */
export interface Analysis {
  compiled: Compiled | undefined;
  /** The document that `compiled` is about. */
  compiledFrom: PipelineDocument | undefined;
  /** Why there is no fresh answer of the compiler. */
  failure: string | undefined;
  diagnostics: readonly Diagnostic[];
  byNode: ReadonlyMap<string, readonly Diagnostic[]>;
  columns: ReadonlyMap<string, readonly Column[]>;
}

export const NO_DIAGNOSTICS: readonly Diagnostic[] = [];
export const NO_COLUMNS: readonly Column[] = [];

/** Whether two documents mean the same: where nodes stand does not matter. */
export function sameLogic(a: PipelineDocument, b: PipelineDocument): boolean {
  if (a === b) return true;
  const ids = Object.keys(a.nodes);
  return (
    a.name === b.name &&
    a.mode === b.mode &&
    a.settings === b.settings &&
    a.edges === b.edges &&
    ids.length === Object.keys(b.nodes).length &&
    ids.every((id) => sameNodeLogic(a.nodes[id], b.nodes[id]))
  );
}

function sameNodeLogic(
  a: PipelineNode | undefined,
  b: PipelineNode | undefined,
): boolean {
  if (a === b) return true;
  return (
    a?.kind === b?.kind &&
    a?.name === b?.name &&
    a?.config === b?.config &&
    a?.description === b?.description
  );
}

/** One list of all that is wrong: the compiler's word first, and each mistake once. */
export function mergeDiagnostics(
  lists: readonly (readonly Diagnostic[])[],
): Diagnostic[] {
  const seen = new Set<string>();
  return lists.flat().filter(({ node, field, code, span }) => {
    const key = JSON.stringify([node, field, code]);
    const exact = JSON.stringify([node, field, code, span]);
    if (seen.has(exact) || (span === undefined && seen.has(key))) return false;
    seen.add(exact).add(key);
    return true;
  });
}

/** What an older revision's diagnostics still say: nothing about nodes that have been edited since. */
export function stillTrue(
  diagnostics: readonly Diagnostic[],
  asked: PipelineDocument,
  now: PipelineDocument,
): readonly Diagnostic[] {
  if (asked === now) return diagnostics;
  return diagnostics.filter(
    ({ node }) =>
      node !== "" &&
      now.nodes[node] !== undefined &&
      sameNodeLogic(asked.nodes[node], now.nodes[node]),
  );
}

export function groupByNode(
  diagnostics: readonly Diagnostic[],
): Map<string, Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    groups.set(diagnostic.node, [
      ...(groups.get(diagnostic.node) ?? []),
      diagnostic,
    ]);
  }
  return groups;
}

type Columns = ReadonlyMap<string, readonly Column[]>;

/** Columns by node: what Flink says, else what a source's own config says, else what they were before. */
export function knownColumns(
  document: PipelineDocument,
  relations: Relations | undefined,
  before: Columns,
): Columns {
  const fed = new Set(document.edges.map((edge) => edge.to));
  const columns = new Map<string, readonly Column[]>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const told = relations?.nodes[id]?.columns ?? [];
    const known = told.length > 0 ? told : declaredColumns(node);
    const old = fed.has(id) ? (before.get(id) ?? NO_COLUMNS) : NO_COLUMNS;
    columns.set(id, known.length > 0 ? known : old.map(asStale));
  }
  return columns;
}

function asStale(column: Column): Column {
  return column.stale ? column : { ...column, stale: true };
}

function declaredColumns(node: PipelineNode): readonly Column[] {
  const rows = valueAt(node.config, "table.columns");
  if (!Array.isArray(rows)) return NO_COLUMNS;
  const time = valueAt(node.config, "table.watermark.column");
  return rows.flatMap((row) => {
    if (!isObject(row) || typeof row["name"] !== "string") return [];
    const type = typeof row["type"] === "string" ? row["type"] : "";
    return row["name"] === ""
      ? []
      : [{ name: row["name"], type, rowtime: row["name"] === time }];
  });
}

/** Columns that flow into the node, with the name of the node they come from. */
export function inputColumns(
  document: PipelineDocument,
  columns: Analysis["columns"],
  id: string,
): { from: string; port: string; columns: readonly Column[] }[] {
  return edgesInto(document, id).map(({ from, port }) => ({
    from: nodeName(document, from),
    port,
    columns: columns.get(from) ?? NO_COLUMNS,
  }));
}
