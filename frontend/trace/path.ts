import type { Row, Trace, TracedRow } from "../api/types";
import { cellText } from "../preview/cells";
import {
  edgeKey,
  edgesInto,
  type PipelineDocument,
} from "../document/document";
import { inOrder } from "./order";

/** A row that somebody pointed at, and the how many-th of equal ones it is, from 0. */
export interface Wanted {
  kind: Row["kind"];
  values: readonly unknown[];
  nth: number;
}

/** Where rows of a path came from and what they met at a node. Rows are places in the trace's rows of a node. */
export interface Step {
  node: string;
  side: "before" | "here" | "behind";
  /** The rows of this node that are on the path. */
  rows: readonly number[];
  /** Rows that this node took in and made nothing of. */
  stopped: readonly Stopped[];
  /** Why the path is not known here. */
  unknown?: "untraced" | "absent";
}

export interface Stopped {
  /** The input that the rows came from. */
  from: string;
  rows: readonly number[];
}

/** The way of one row through the pipeline. */
export interface Path {
  node: string;
  /** The row's place in the trace's rows of the node. */
  row: number;
  /** In the order of the pipeline. */
  steps: readonly Step[];
  nodes: ReadonlySet<string>;
  /** Keys of the edges that rows of the path went along. */
  edges: ReadonlySet<string>;
}

/** The row's place in the trace; -1 when the run did not make it. A row of its kind is better than one of another. */
export function findRow(trace: Trace, node: string, wanted: Wanted): number {
  const rows = trace.nodes[node]?.rows ?? [];
  const text = textOf(wanted.values);
  const equal = [...rows.keys()].filter((at) => text === textAt(rows, at));
  const ofKind = equal.filter((at) => rows[at]?.kind === wanted.kind);
  const among = ofKind.length > 0 ? ofKind : equal;
  return among[Math.min(wanted.nth, among.length - 1)] ?? -1;
}

/** What is known of the way of a row of a node. */
export function pathOf(
  document: PipelineDocument,
  trace: Trace,
  node: string,
  row: number,
): Path {
  const order = inOrder(document);
  const from = trace.nodes[node]?.rows[row]?.from ?? {};
  const reached = new Map<string, readonly number[]>([[node, [row]]]);
  const before = stepsBefore(document, trace, order, node, from, reached);
  const here: Step = { node, side: "here", rows: [row], stopped: [] };
  const behind = stepsBehind(document, trace, order, node, from, reached);
  const steps = [...before, here, ...behind];
  const nodes = new Set(steps.map((step) => step.node));
  const edges = document.edges
    .filter((edge) => reached.has(edge.from) && nodes.has(edge.to))
    .map(edgeKey);
  return { node, row, steps, nodes, edges: new Set(edges) };
}

type From = TracedRow["from"];
type Reached = Map<string, readonly number[]>;

function stepsBefore(
  document: PipelineDocument,
  trace: Trace,
  order: readonly string[],
  node: string,
  from: From,
  reached: Reached,
): Step[] {
  const ancestors = before(document, node);
  return order.flatMap((id): Step[] => {
    if (!ancestors.has(id)) return [];
    const traced = trace.nodes[id];
    const step = { node: id, side: "before", stopped: [] } as const;
    if (!traced) return [{ ...step, rows: [], unknown: "absent" }];
    if (!traced.traced && edgesInto(document, id).length > 0)
      return [{ ...step, rows: [], unknown: "untraced" }];
    const rows = contributing(traced.rows, from);
    if (rows.length === 0) return [];
    reached.set(id, rows);
    return [{ ...step, rows }];
  });
}

/** The rows that are made of nothing else; of a changelog of sets, those with the whole set where there are such. */
function contributing(rows: readonly TracedRow[], from: From): number[] {
  const part = [...rows.keys()].filter((at) => {
    const own = rows[at]?.from ?? {};
    return Object.keys(own).length > 0 && holds(from, own);
  });
  const whole = part.filter((at) => {
    const own = rows[at]?.from ?? {};
    return Object.keys(own).every((id) => sameList(own[id], from[id]));
  });
  return whole.length > 0 ? whole : part;
}

function stepsBehind(
  document: PipelineDocument,
  trace: Trace,
  order: readonly string[],
  node: string,
  from: From,
  reached: Reached,
): Step[] {
  const steps: Step[] = [];
  const made = new Set([node]);
  const grown = new Set<string>();
  for (const id of order) {
    const inputs = new Set(
      edgesInto(document, id)
        .map((edge) => edge.from)
        .filter((input) => made.has(input)),
    );
    if (inputs.size === 0 || id === node) continue;
    const step = { node: id, side: "behind", stopped: [] } as const;
    const traced = trace.nodes[id];
    if (!traced?.traced) {
      const unknown = traced ? "untraced" : "absent";
      steps.push({ ...step, rows: [], unknown });
      continue;
    }
    if (grows.has(document.nodes[id]?.kind ?? "") || meet(grown, inputs))
      grown.add(id);
    const exact = trace.nodes[node]?.set === true;
    const rows = madeOf(traced.rows, from, exact, grown.has(id));
    if (rows.length > 0) made.add(id);
    if (rows.length > 0) reached.set(id, rows);
    steps.push({ ...step, rows, stopped: stops(trace, reached, id, inputs) });
  }
  // A filter lets rows through one by one; of other nodes only those that made nothing are known.
  return steps.map((step) => {
    const single = document.nodes[step.node]?.kind === "filter";
    return single || step.rows.length === 0 ? step : { ...step, stopped: [] };
  });
}

/** The kinds that make larger sets of sets. */
const grows = new Set(["aggregate", "windowAggregate", "join"]);

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...b].some((id) => a.has(id));
}

/** The rows with all of these origins; `exact`: of a set, those of this very set, unless it may have `grown`. */
function madeOf(
  rows: readonly TracedRow[],
  from: From,
  exact: boolean,
  grown: boolean,
): number[] {
  const all = [...rows.keys()].filter((at) => holds(rows[at]?.from, from));
  if (!exact) return all;
  const same = all.filter((at) =>
    Object.keys(from).every((id) => sameList(rows[at]?.from[id], from[id])),
  );
  return same.length > 0 || !grown ? same : all;
}

/** The rows on the path that came to a node and did not come out of it as they were. */
function stops(
  trace: Trace,
  reached: Reached,
  node: string,
  inputs: ReadonlySet<string>,
): Stopped[] {
  const out = trace.nodes[node]?.rows ?? [];
  const left = new Map<string, number>();
  for (const at of reached.get(node) ?? []) {
    const text = textAt(out, at);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return [...inputs].flatMap((from) => {
    const rows = trace.nodes[from]?.rows ?? [];
    const stopped = (reached.get(from) ?? []).filter((at) => {
      const text = textAt(rows, at);
      const passed = left.get(text) ?? 0;
      left.set(text, passed - 1);
      return passed <= 0;
    });
    return stopped.length > 0 ? [{ from, rows: stopped }] : [];
  });
}

/** All nodes from which an edge leads here. */
function before(document: PipelineDocument, node: string): Set<string> {
  const found = new Set<string>();
  const walk = (id: string) => {
    for (const { from } of edgesInto(document, id)) {
      if (found.has(from)) continue;
      found.add(from);
      walk(from);
    }
  };
  walk(node);
  found.delete(node);
  return found;
}

function holds(all: From | undefined, some: From): boolean {
  const entries = Object.entries(some);
  return (
    all !== undefined &&
    entries.length > 0 &&
    entries.every(([id, places]) => {
      const known = new Set(all[id]);
      return places.every((place) => known.has(place));
    })
  );
}

function sameList(
  a: readonly number[] | undefined,
  b: readonly number[] | undefined,
): boolean {
  return a?.join() === b?.join();
}

function textAt(rows: readonly TracedRow[], at: number): string {
  return textOf(rows[at]?.values ?? []);
}

/** Rows are equal when they look equal: a number may come as one or as text. */
export function textOf(values: readonly unknown[]): string {
  return JSON.stringify(values.map(cellText));
}
