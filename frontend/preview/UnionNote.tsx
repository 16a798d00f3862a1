import { Info } from "lucide-react";
import { useId, useState } from "react";

/** Says that this Flink has no tap, and on request what it means. */
export function UnionNote() {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        data-testid="union-note"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 rounded-sm text-muted underline decoration-dotted underline-offset-2 hover:text-text"
      >
        <Info size={12} aria-hidden="true" />
        each node computed by itself
      </button>
      <p id={id} hidden={!open} className="order-last w-full text-muted">
        This Flink has no tap. RAND() and other functions that are not
        deterministic may give other values at each node, and nested values are
        text.
      </p>
    </>
  );
}
