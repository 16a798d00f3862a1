import type { ReactFlowInstance } from "@xyflow/react";
import { documentStore } from "../document/store";
import { CARD_WIDTH } from "./cardLayout";

const MARGIN = 24;

/** Moves the view so that the card can be seen whole, if it cannot; the zoom stays. */
export function showCard(
  flow: Pick<ReactFlowInstance, "getViewport" | "setViewport">,
  id: string,
): void {
  const canvas = document.querySelector("[data-testid=canvas]");
  const position = documentStore.api.getState().document.nodes[id]?.position;
  if (!canvas || !position) return;
  const { x, y, zoom } = flow.getViewport();
  const left = position.x * zoom + x;
  const top = position.y * zoom + y;
  const dx = outside(left, CARD_WIDTH * zoom, canvas.clientWidth);
  const dy = outside(top, 150 * zoom, canvas.clientHeight);
  if (dx === 0 && dy === 0) return;
  void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 200 });
}

/** How far to move so that a stretch lies inside 0…room with a margin. */
export function outside(start: number, length: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  const over = start + length + MARGIN - room;
  return over > 0 ? -Math.min(over, start - MARGIN) : 0;
}
