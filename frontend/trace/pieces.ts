import type { Part } from "../api/types";
import { unitOffsets } from "../sql/offsets";

/** A piece of an expression with its value, and how many pieces it is inside of. */
export interface Piece {
  text: string;
  depth: number;
  /** null: SQL's NULL. */
  value: string | null;
}

/** The pieces that the server has worked out, whose places are bytes; the whole comes first, each piece behind what holds it. */
export function piecesOf(expression: string, parts: readonly Part[]): Piece[] {
  const places = unitOffsets(
    expression,
    parts.flatMap(({ start, end }) => [start, end]),
  );
  return parts.map((part, index) => ({
    text: expression
      .slice(places[2 * index], places[2 * index + 1])
      .replaceAll(/\s+/g, " "),
    depth: parts.filter((other) => isInside(part, other)).length,
    value: part.value,
  }));
}

function isInside(part: Part, other: Part): boolean {
  const wider = other.end - other.start > part.end - part.start;
  return wider && other.start <= part.start && other.end >= part.end;
}
