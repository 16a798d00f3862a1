import type { Row } from "../api/types";

/** The last rows of a node, at most `size`. Changed in place: thousands of rows a second pass through it. */
export class RowRing {
  readonly size: number;
  /** Rows ever made by the node, as far as is known: the place of the row that comes next. */
  next = 0;
  /** Rows that never reached the page. */
  skipped = 0;
  private rows: Row[] = [];
  private start = 0;

  constructor(size: number) {
    this.size = size;
  }

  get length(): number {
    return this.rows.length;
  }

  /** The i-th kept row, oldest first. */
  at(index: number): Row | undefined {
    if (index < 0 || index >= this.rows.length) return undefined;
    return this.rows[(this.start + index) % this.size];
  }

  /** The place in the node's stream of the i-th kept row. */
  placeOf(index: number): number {
    return this.next - this.rows.length + index;
  }

  /** Adds rows whose first has the place `first`. What is known already is left out; a jump counts as skipped. */
  append(first: number, rows: readonly Row[]): void {
    if (first > this.next) {
      this.skipped += first - this.next;
      this.next = first;
    }
    for (let i = this.next - first; i < rows.length; i++) {
      const row = rows[i];
      if (row) this.push(row);
    }
  }

  private push(row: Row): void {
    this.next++;
    if (this.rows.length < this.size) {
      this.rows.push(row);
      return;
    }
    this.rows[this.start] = row;
    this.start = (this.start + 1) % this.size;
  }
}
