import { CARD_WIDTH } from "./cardLayout";
import type { Position } from "../document/document";

export interface Box extends Position {
  width: number;
  height: number;
}

export const GRID = 8;
const GAP = 40;
const STEP = 48;

export function snap({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/** Where a node that follows another one is wanted. */
export function rightOf(box: Box): Position {
  return { x: box.x + box.width + 2 * GAP, y: box.y };
}

/** The wanted place, or the nearest below it (then above) that no card covers. Nothing else is moved. */
export function freeSpot(
  taken: readonly Box[],
  wanted: Position,
  height: number,
): Position {
  const { x, y } = snap(wanted);
  for (let step = 0; step <= taken.length * 8 + 1; step++) {
    for (const direction of step === 0 ? [0] : [step, -step]) {
      const box = { x, y: y + direction * STEP, width: CARD_WIDTH, height };
      if (!taken.some((other) => overlaps(box, other))) {
        return { x, y: box.y };
      }
    }
  }
  return { x: x + CARD_WIDTH + GAP, y };
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + GAP &&
    b.x < a.x + a.width + GAP &&
    a.y < b.y + b.height + GAP / 2 &&
    b.y < a.y + a.height + GAP / 2
  );
}
