import type { Row } from "../api/types";

/**
 * The newest rows of one node, oldest first, in a ring that is changed in place: thousands of rows a second pass through
 * it. It is bounded by rows and by what they weigh.
 */
export class RowRing {
  readonly size: number;
  /** Bytes, about; one row is kept whatever it weighs. */
  readonly weight: number;
  /** Rows ever made by the node, as far as is known: the place of the row that comes next. */
  next = 0;
  /** Rows that never reached the page. */
  skipped = 0;
  /** Rows that had to make room for newer ones, since the last clear. */
  evicted = 0;
  private slots: (Row | undefined)[] = [];
  private start = 0;
  private kept = 0;
  private weighs = 0;

  constructor(size: number, weight = Infinity) {
    this.size = size;
    this.weight = weight;
  }

  get length(): number {
    return this.kept;
  }

  /** The i-th kept row, oldest first. */
  at(index: number): Row | undefined {
    if (index < 0 || index >= this.kept) return undefined;
    return this.slots[(this.start + index) % this.slots.length];
  }

  /** The place in the node's stream of the i-th kept row. */
  placeOf(index: number): number {
    return this.next - this.kept + index;
  }

  /**
   * Adds rows whose first has the place `first`, and answers those that are new. What is known already is left out; a
   * jump counts as skipped.
   */
  append(first: number, rows: readonly Row[]): readonly Row[] {
    if (first > this.next) {
      this.skipped += first - this.next;
      this.next = first;
    }
    const fresh = this.next > first ? rows.slice(this.next - first) : rows;
    for (const row of fresh) this.push(row);
    return fresh;
  }

  /** Forgets the kept rows; their places stay taken. */
  clear(): void {
    this.slots = [];
    this.start = 0;
    this.kept = 0;
    this.weighs = 0;
    this.evicted = 0;
  }

  private push(row: Row): void {
    this.next++;
    if (this.kept === this.size) this.drop();
    if (this.kept === this.slots.length) this.grow();
    this.slots[(this.start + this.kept) % this.slots.length] = row;
    this.kept++;
    this.weighs += weigh(row);
    while (this.weighs > this.weight && this.kept > 1) this.drop();
  }

  private drop(): void {
    const row = this.slots[this.start];
    if (row) this.weighs -= weigh(row);
    this.slots[this.start] = undefined;
    this.start = (this.start + 1) % this.slots.length;
    this.kept--;
    this.evicted++;
  }

  private grow(): void {
    const rows = Array.from({ length: this.kept }, (_, i) => this.at(i));
    const length = Math.min(this.size, Math.max(64, 2 * this.kept));
    rows.length = length;
    this.slots = rows;
    this.start = 0;
  }
}

/** About how many bytes a row takes. */
export function weigh(row: Row): number {
  let bytes = 64;
  for (const value of row.values) bytes += weighValue(value);
  return bytes;
}

function weighValue(value: unknown): number {
  if (typeof value === "string") return 24 + value.length;
  if (typeof value !== "object" || value === null) return 16;
  let bytes = 32;
  for (const part of Object.values(value)) bytes += weighValue(part);
  return bytes;
}
