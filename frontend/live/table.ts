import type { Row } from "../api/types";
import { weigh } from "./rows";

/** A row of the table that a changelog stands for. The object stays the same while the row is updated. */
export interface TableRow {
  /** Stays with the row while it is in the table, and orders rows by when they came. */
  readonly id: number;
  row: Row;
  /** When it came or was updated last, in the caller's time. */
  changedAt: number;
  /** How often it was updated. */
  updates: number;
  /** Its values before the last update; null for a row that is new. */
  before: readonly unknown[] | null;
}

interface Entry extends TableRow {
  key: string;
  /** Another row with the same key, where the key is the whole row and equal rows are several. */
  below: Entry | undefined;
}

/**
 * Folds a changelog into its table, change by change. Rows are told apart by their key; without one by all their values,
 * as a multiset, which is exact for any changelog that has its -U and of which no row is missing. Where a changelog has
 * gaps, only a key heals them. It is bounded: the oldest rows are dropped and counted.
 */
export class RowTable {
  /** Places of the key's columns; null: the whole row. */
  readonly key: readonly number[] | null;
  /** Rows that were left out because the table was full. */
  dropped = 0;
  /** Changes to rows that the table does not have: something was left out before them. */
  unmatched = 0;
  private readonly size: number;
  private readonly weight: number;
  private readonly byKey = new Map<string, Entry>();
  private readonly entries = new Set<Entry>();
  private weighs = 0;
  private made = 0;
  /** The row that the last change took away by -U: a +U that follows updates it in its place. */
  private leaving: Entry | undefined;
  private disordered = false;

  constructor(key: readonly number[] | null, size: number, weight = Infinity) {
    this.key = key;
    this.size = size;
    this.weight = weight;
  }

  get length(): number {
    return this.entries.size;
  }

  apply(rows: Iterable<Row>, now: number): void {
    for (const row of rows) {
      if (row.kind === "+I" || row.kind === "+U") this.put(row, now);
      else this.take(row);
    }
    this.settle();
    while (
      this.entries.size > this.size ||
      (this.weighs > this.weight && this.entries.size > 1)
    )
      this.dropOldest();
  }

  /** The rows, those that came first in front. */
  list(): TableRow[] {
    const list = [...this.entries];
    if (this.disordered) {
      list.sort((a, b) => a.id - b.id);
      this.entries.clear();
      for (const entry of list) this.entries.add(entry);
      this.disordered = false;
    }
    return list;
  }

  clear(): void {
    this.byKey.clear();
    this.entries.clear();
    this.leaving = undefined;
    this.weighs = 0;
    this.dropped = 0;
    this.unmatched = 0;
  }

  private keyOf({ values }: Row): string {
    return JSON.stringify(
      this.key ? this.key.map((place) => values[place] ?? null) : values,
    );
  }

  private put(row: Row, now: number): void {
    const key = this.keyOf(row);
    const known = this.key ? this.byKey.get(key) : undefined;
    const left = this.leaving;
    if (known) this.update(known, row, now);
    else if (left && row.kind === "+U" && (!this.key || left.key === key)) {
      this.leaving = undefined;
      this.comeBack(left, key, row, now);
    } else this.add(key, row, now);
    this.forgetLeaving();
  }

  private add(key: string, row: Row, now: number): void {
    const entry: Entry = {
      id: this.made++,
      row,
      changedAt: now,
      updates: 0,
      before: null,
      key,
      below: this.byKey.get(key),
    };
    this.insert(entry);
  }

  private comeBack(entry: Entry, key: string, row: Row, now: number): void {
    if (!this.entries.has(entry)) this.disordered = true;
    entry.key = key;
    entry.below = this.byKey.get(key);
    this.insert(entry);
    this.update(entry, row, now);
  }

  private update(entry: Entry, row: Row, now: number): void {
    this.weighs += weigh(row) - weigh(entry.row);
    entry.before = entry.row.values;
    entry.row = row;
    entry.changedAt = now;
    entry.updates++;
  }

  private take(row: Row): void {
    this.forgetLeaving();
    const entry = this.byKey.get(this.keyOf(row));
    if (!entry) {
      this.unmatched++;
      return;
    }
    this.unkey(entry);
    if (row.kind === "-U") this.leaving = entry;
    else this.entries.delete(entry);
  }

  /** What is leaving is no longer shown; a +U that comes later still finds its place. */
  private settle(): void {
    if (this.leaving) this.entries.delete(this.leaving);
  }

  private forgetLeaving(): void {
    this.settle();
    this.leaving = undefined;
  }

  private insert(entry: Entry): void {
    this.byKey.set(entry.key, entry);
    this.entries.add(entry);
    this.weighs += weigh(entry.row);
  }

  /** Takes away the top one of the rows with its key. */
  private unkey(entry: Entry): void {
    if (entry.below) this.byKey.set(entry.key, entry.below);
    else this.byKey.delete(entry.key);
    entry.below = undefined;
    this.weighs -= weigh(entry.row);
  }

  private dropOldest(): void {
    const [oldest] = this.entries;
    if (!oldest) return;
    // Of equal rows the top one goes in the oldest one's stead: nobody can tell them apart.
    const top = this.byKey.get(oldest.key) ?? oldest;
    this.unkey(top);
    this.entries.delete(top);
    this.dropped++;
  }
}
