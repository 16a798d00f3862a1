import { MousePointerClick } from "lucide-react";

/** One sentence that teaches, where the first node will be. */
export function EmptyCanvas() {
  return (
    <div className="empty-canvas" data-testid="empty-canvas">
      <MousePointerClick size={28} strokeWidth={1.5} aria-hidden="true" />
      <p>
        Drag a <strong>Source</strong> from the left onto the canvas, then click
        the next step: it connects itself.
      </p>
    </div>
  );
}
