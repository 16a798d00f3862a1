import type { Compiled } from "../api/types";
import { tokenize } from "../document/sqlTokens";
import { unitOffsets } from "./offsets";

/** A stretch of the script that came from a node, or from one of its fields. UTF-16 offsets in the script. */
export interface Span {
  node: string;
  /** The dotted config path; "" for the whole statement. */
  field: string;
  from: number;
  to: number;
}

/** Statements and, inside them, what their fields wrote; neighbours of one field are one stretch. */
export function spansOf({ script, statements }: Compiled): Span[] {
  const spans = statements.flatMap(({ node, start, end, pieces }) => [
    { node, field: "", from: start, to: end },
    ...pieces.map((piece) => ({
      node,
      field: piece.field,
      from: start + piece.start,
      to: start + piece.end,
    })),
  ]);
  const offsets = unitOffsets(
    script,
    spans.flatMap(({ from, to }) => [from, to]),
  );
  const placed = spans.map((span, index) => ({
    ...span,
    from: offsets[index * 2] ?? 0,
    to: offsets[index * 2 + 1] ?? 0,
  }));
  return joined(placed);
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    const goesOn =
      last !== undefined &&
      last.node === span.node &&
      last.field === span.field &&
      last.to === span.from;
    if (goesOn) last.to = span.to;
    else result.push({ ...span });
  }
  return result;
}

/** The smallest stretch around an offset; its end still belongs to it, as a caret behind the last letter does. */
export function spanAt(
  spans: readonly Span[],
  offset: number,
): Span | undefined {
  let best: Span | undefined;
  for (const span of spans) {
    if (span.from > offset || span.to < offset) continue;
    const size = span.to - span.from;
    // Of two that meet at the offset the one that begins here is meant.
    if (!best || size < best.to - best.from || span.from === offset)
      best = best && span.field === "" ? best : span;
  }
  return best;
}

/** Whether what a field wrote belongs to the field at the path: it, a part of it, or what it is a part of. */
export function isPartOf(field: string, path: string): boolean {
  return (
    field === path ||
    field.startsWith(`${path}.`) ||
    (field !== "" && path.startsWith(`${field}.`))
  );
}

/** Where a character of one text stands in the other, token by token: they differ in spaces and in single words. */
export function sameToken(from: string, offset: number, to: string): number {
  const tokens = tokenize(from);
  const index = tokens.findIndex(({ end }) => offset <= end);
  const token = tokens[index];
  const other = tokenize(to)[index];
  if (!token || !other) return to.length;
  const inside = Math.max(0, offset - token.start);
  // Behind a word is behind the other word, however long.
  if (offset === token.end) return other.end;
  return other.start + Math.min(inside, other.end - other.start);
}
