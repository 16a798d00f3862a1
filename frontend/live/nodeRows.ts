import type { Row } from "../api/types";
import { RowRing } from "./rows";
import { RowTable } from "./table";

/** Rows kept of each node, and of its table. */
export const ringSize = 100_000;
const ringWeight = 32e6;

/** A node's rows as they are now: another object after each change, so that a selector sees it. */
export interface NodeRows {
  readonly ring: RowRing;
  /** What the changelog stands for; null while that is the ring itself: no key, and nothing but inserts so far. */
  readonly table: RowTable | null;
  /** The kinds that the node's rows have had. */
  readonly kinds: KindSet;
}

/** Row kinds as bits, so that a set of them is the same value while nothing is added. */
export type KindSet = number;

const bits: Record<Row["kind"], KindSet> = {
  "+I": 1,
  "-U": 2,
  "+U": 4,
  "-D": 8,
};

export function hasKind(kinds: KindSet, kind: Row["kind"]): boolean {
  return (kinds & bits[kind]) !== 0;
}

export function noRows(): NodeRows {
  const ring = new RowRing(ringSize, ringWeight);
  return { ring, table: null, kinds: 0 };
}

/** Adds rows whose first has the place `first`. Ring and table are changed in place. */
export function withRows(
  before: NodeRows,
  first: number,
  rows: readonly Row[],
  now: number,
): NodeRows {
  let { table, kinds } = before;
  const { ring } = before;
  if (!table && rows.some(({ kind }) => kind !== "+I"))
    table = tableOf(ring, null);
  const fresh = ring.append(first, rows);
  for (const { kind } of fresh) kinds |= bits[kind];
  table?.apply(fresh, now);
  return { ring, table, kinds };
}

/** The rows with their table told apart by these columns, by all when null. */
export function withKey(
  before: NodeRows,
  key: readonly number[] | null,
): NodeRows {
  const { ring, table, kinds } = before;
  if (sameKey(table?.key ?? null, key)) return before;
  if (!table) return { ring, table: tableOf(ring, key), kinds };
  const again = new RowTable(key, ringSize, ringWeight);
  again.apply(
    table.list().map(({ row }) => row),
    longAgo,
  );
  return { ring, table: again, kinds };
}

/** Nothing of what has come so far. */
export function withoutRows({ ring, table, kinds }: NodeRows): NodeRows {
  ring.clear();
  table?.clear();
  return { ring, table, kinds };
}

// Rows that were there before their table are not new in it.
const longAgo = Number.NEGATIVE_INFINITY;

function tableOf(ring: RowRing, key: readonly number[] | null): RowTable {
  const table = new RowTable(key, ringSize, ringWeight);
  table.apply(rowsOf(ring), longAgo);
  // What the ring has not kept, the table lacks.
  table.dropped += ring.evicted;
  return table;
}

function* rowsOf(ring: RowRing): Generator<Row> {
  for (let i = 0; i < ring.length; i++) {
    const row = ring.at(i);
    if (row) yield row;
  }
}

function sameKey(
  a: readonly number[] | null,
  b: readonly number[] | null,
): boolean {
  return a === b || (a !== null && b !== null && a.join() === b.join());
}
