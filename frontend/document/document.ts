// The document as the wire carries it, and the few questions asked of it everywhere. Nothing here changes a document:
// that is operations.ts.

export type Json =
  string | number | boolean | null | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

export type Mode = "streaming" | "batch";

/** Where a node's top left corner stands, in canvas units (pixels at zoom 1). */
export interface Position {
  x: number;
  y: number;
}

export interface PipelineNode {
  kind: string;
  /** The name of the node's view or table in SQL; unique in the document. */
  name: string;
  config: JsonObject;
  position: Position;
  description: string;
}

export interface PipelineEdge {
  from: string;
  to: string;
  port: string;
}

/** A row's kind in the changelog. */
export type RowKind = "+I" | "-U" | "+U" | "-D";

export interface SampleRow {
  /** Left out for +I. */
  kind?: RowKind;
  /** One for each column, in the form in which a preview shows them. */
  values: Json[];
}

/** The rows that a preview reads instead of a source. */
export interface Sample {
  /** The source itself is read; the rows are only kept. */
  live?: boolean;
  columns: string[];
  rows: SampleRow[];
}

/** What must hold of a node's rows when all input has been read; everything that is given. */
export interface Expectation {
  /** None of them: any rows; an empty list: no rows. */
  rows?: SampleRow[];
  /** Those that the rows have values of; all when left out. */
  columns?: string[];
  /** "table", the final content, when left out. */
  view?: "table" | "changelog";
  ordered?: boolean;
  /** By which a difference is told. */
  keys?: string[];
  count?: number;
  /** A SELECT of one boolean over the pipeline's nodes. */
  holds?: string;
}

export interface PipelineTest {
  name: string;
  /** The document's mode when left out. */
  modes?: Mode[];
  /** By source id. */
  samples: Record<string, Sample>;
  /** By node id. */
  expect: Record<string, Expectation>;
}

export interface PipelineDocument {
  format: 1;
  name: string;
  mode: Mode;
  settings: Record<string, string>;
  nodes: Record<string, PipelineNode>;
  edges: PipelineEdge[];
  /** By source id; never empty, as are the tests. Both are no logic: the script knows nothing of them. */
  samples?: Record<string, Sample>;
  /** By test id. */
  tests?: Record<string, PipelineTest>;
}

export function edgeKey(edge: PipelineEdge): string {
  return `${edge.from}->${edge.to}:${edge.port}`;
}

export function compareEdges(a: PipelineEdge, b: PipelineEdge): number {
  return (
    compareText(a.from, b.from) ||
    compareText(a.to, b.to) ||
    compareText(a.port, b.port)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Edges that end at the node, in the order of the document. */
export function edgesInto(
  document: PipelineDocument,
  node: string,
): PipelineEdge[] {
  return document.edges.filter((edge) => edge.to === node);
}

export function edgesOutOf(
  document: PipelineDocument,
  node: string,
): PipelineEdge[] {
  return document.edges.filter((edge) => edge.from === node);
}

export function nodeName(document: PipelineDocument, id: string): string {
  return document.nodes[id]?.name ?? id;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The config value at a dotted path such as "table.watermark.column"; undefined when absent. */
export function valueAt(config: JsonObject, path: string): Json | undefined {
  let at: Json | undefined = config;
  for (const key of path.split(".")) {
    if (!isObject(at)) return undefined;
    at = Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null
  )
    return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map<string, unknown>(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(
      ([key, value]) => right.has(key) && sameJson(value, right.get(key)),
    )
  );
}
