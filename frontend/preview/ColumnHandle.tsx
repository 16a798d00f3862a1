import { type KeyboardEvent, useRef } from "react";
import { narrowest, widestByHand } from "./widths";

/** Resizes a column: by drag, by arrow keys (with Shift in larger steps); a double click or Enter fits it again. */
export function ColumnHandle({
  name,
  width,
  onWidth,
}: {
  name: string;
  /** In characters. */
  width: number;
  /** null: as wide as it was by itself. */
  onWidth: (width: number | null) => void;
}) {
  const drag = useRef<{ x: number; width: number; character: number }>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 10 : 1;
    if (event.key === "ArrowLeft") onWidth(width - step);
    else if (event.key === "ArrowRight") onWidth(width + step);
    else if (event.key === "Enter") onWidth(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuenow={Math.round(width)}
      aria-valuemin={narrowest}
      aria-valuemax={widestByHand}
      aria-valuetext={`${Math.round(width)} characters`}
      tabIndex={0}
      className="column-handle absolute inset-y-0 -right-1 z-1 w-2 cursor-col-resize touch-none"
      onKeyDown={onKeyDown}
      onDoubleClick={() => onWidth(null)}
      onPointerDown={(event) => {
        const header = event.currentTarget.parentElement;
        if (event.button !== 0 || !header) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const pixels = header.getBoundingClientRect().width;
        // The last column may be wider than it has to be: the drag begins at what is seen.
        const character = characterOf(header);
        drag.current = {
          x: event.clientX,
          width: pixels / character,
          character,
        };
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        const from = drag.current;
        if (from && event.buttons !== 0)
          onWidth(from.width + (event.clientX - from.x) / from.character);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}

/** The width of "0" in an element's font, which is CSS's unit ch. */
function characterOf(element: Element): number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return 7;
  context.font = getComputedStyle(element).font;
  return context.measureText("0").width || 7;
}
