import type { Row } from "../api/types";
import { cellText, isNumeric } from "./cells";

/** The column by which rows are sorted, by its place. */
export interface Order {
  column: number;
  descending: boolean;
}

/** What a click on a column's name makes of the order: ascending, descending, as they came. */
export function nextOrder(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

/** The places of rows in the order, equal ones as they stood. NULL comes first, as in Flink's ascending order. */
export function sortedPlaces(
  rows: readonly Row[],
  { column, descending }: Order,
  type: string,
): number[] {
  const values = rows.map((row) => row.values[column] ?? null);
  const compare = isNumeric(type)
    ? numberComparer(values)
    : textComparer(values);
  const sign = descending ? -1 : 1;
  return rows
    .map((_, place) => place)
    .sort((a, b) => sign * compare(a, b) || a - b);
}

type Comparer = (a: number, b: number) => number;

function textComparer(values: readonly unknown[]): Comparer {
  const texts = values.map(cellText);
  return (a, b) => {
    const left = texts[a] ?? null;
    const right = texts[b] ?? null;
    if (left === right) return 0;
    if (left === null || right === null) return left === null ? -1 : 1;
    return left < right ? -1 : 1;
  };
}

/** Numbers by size; where doubles are too coarse for a BIGINT or DECIMAL its digits decide. */
function numberComparer(values: readonly unknown[]): Comparer {
  const sizes = Float64Array.from(values, sizeOf);
  return (a, b) => {
    const left = sizes[a] ?? 0;
    const right = sizes[b] ?? 0;
    if (left !== right && !(Number.isNaN(left) && Number.isNaN(right)))
      return rank(left, values[a]) - rank(right, values[b]) || left - right;
    return compareDigits(values[a], values[b]);
  };
}

function sizeOf(value: unknown): number {
  return value === null ? Number.NaN : Number(value);
}

/** NULL, then numbers, then what is none: NaN is larger than infinity in Flink. */
function rank(size: number, value: unknown): number {
  if (value === null) return 0;
  return Number.isNaN(size) ? 2 : 1;
}

function compareDigits(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a !== "string" || typeof b !== "string") return 0;
  const left = scaled(a);
  const right = scaled(b);
  if (!left || !right) return 0;
  const places = Math.max(left.places, right.places);
  const difference =
    left.digits * 10n ** BigInt(places - left.places) -
    right.digits * 10n ** BigInt(places - right.places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(text: string): { digits: bigint; places: number } | null {
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const [, whole = "", fraction = ""] = match;
  return { digits: BigInt(whole + fraction), places: fraction.length };
}
