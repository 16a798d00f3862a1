import type { Row } from "../api/types";
import type { RowRing } from "../live/rows";
import type { TableRow } from "../live/table";
import { type Order, sortedPlaces } from "./order";

/** The rows that a grid shows, in its order. */
export interface RowsView {
  readonly length: number;
  /** How many rows have fallen out in front: those that are read stay where they are. */
  readonly fallen: number;
  at: (index: number) => Row | undefined;
  /** A number that stays with the row as long as it is shown. */
  keyOf: (index: number) => number;
  /** Where the row with this key stands; -1 when it is gone. */
  indexOf: (key: number) => number;
  /** The number that stands in front of the row, from 1. */
  numberOf: (index: number) => number;
  /** The row's entry in a table, which knows what changed last; undefined in a changelog. */
  entryOf?: (index: number) => TableRow | undefined;
}

/** The changelog as it comes. */
export function logView(ring: RowRing): RowsView {
  const first = ring.placeOf(0);
  return {
    length: ring.length,
    fallen: first,
    at: (index) => ring.at(index),
    keyOf: (index) => first + index,
    indexOf: (key) =>
      key >= first && key < first + ring.length ? key - first : -1,
    numberOf: (index) => first + index + 1,
  };
}

/** The rows of a changelog that pass a test; what has been tested is not tested again. */
export class FilteredLog {
  private readonly ring: RowRing;
  private readonly passes: (row: Row) => boolean;
  private places: number[] = [];
  /** How many of the places are of rows that the ring has forgotten. */
  private gone = 0;
  private forgotten = 0;
  private seen = 0;

  constructor(ring: RowRing, passes: (row: Row) => boolean) {
    this.ring = ring;
    this.passes = passes;
  }

  view(): RowsView {
    this.update();
    const { ring, places, gone } = this;
    const first = ring.placeOf(0);
    const place = (index: number) => places[gone + index] ?? -1;
    return {
      length: places.length - gone,
      fallen: this.forgotten + gone,
      at: (index) => ring.at(place(index) - first),
      keyOf: place,
      indexOf: (key) => {
        const at = indexIn(places, key, gone);
        return at < 0 ? -1 : at - gone;
      },
      numberOf: (index) => place(index) + 1,
    };
  }

  private update(): void {
    const { ring, places } = this;
    const first = ring.placeOf(0);
    for (let at = Math.max(first, this.seen); at < ring.next; at++) {
      const row = ring.at(at - first);
      if (row && this.passes(row)) places.push(at);
    }
    this.seen = ring.next;
    while ((places[this.gone] ?? Infinity) < first) this.gone++;
    if (this.gone <= places.length / 2) return;
    this.forgotten += this.gone;
    this.places = places.slice(this.gone);
    this.gone = 0;
  }
}

/** Where a number stands in an ascending list, from `low` on; -1 where it does not. */
function indexIn(list: readonly number[], wanted: number, low: number): number {
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted ? low : -1;
}

/** A row that stands still, with its key and its number. */
export interface KeptRow {
  row: Row;
  key: number;
  number: number;
  entry?: TableRow;
}

/** Rows that stand still: those that pass, in the order. */
export function keptView(
  rows: readonly KeptRow[],
  passes: ((row: Row) => boolean) | null,
  order: Order | null,
  type: string,
): RowsView {
  const left = passes ? rows.filter(({ row }) => passes(row)) : rows;
  const shown = order ? inOrder(left, order, type) : left;
  return {
    length: shown.length,
    fallen: 0,
    at: (index) => shown[index]?.row,
    keyOf: (index) => shown[index]?.key ?? -1,
    indexOf: (key) => shown.findIndex((row) => row.key === key),
    numberOf: (index) => shown[index]?.number ?? 0,
    entryOf: (index) => shown[index]?.entry,
  };
}

function inOrder(
  rows: readonly KeptRow[],
  order: Order,
  type: string,
): KeptRow[] {
  const places = sortedPlaces(
    rows.map(({ row }) => row),
    order,
    type,
  );
  return places.flatMap((place) => rows[place] ?? []);
}

/** The kept rows of a changelog as they are now. */
export function keptLog(ring: RowRing): KeptRow[] {
  const first = ring.placeOf(0);
  const rows: KeptRow[] = [];
  for (let i = 0; i < ring.length; i++) {
    const row = ring.at(i);
    if (row) rows.push({ row, key: first + i, number: first + i + 1 });
  }
  return rows;
}

/** The rows of a table as they are now; an entry is a copy, since its own changes with the table. */
export function keptTable(entries: readonly TableRow[]): KeptRow[] {
  return entries.map((entry, index) => ({
    row: entry.row,
    key: entry.id,
    number: index + 1,
    entry: { ...entry },
  }));
}
