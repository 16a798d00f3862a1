import { X } from "lucide-react";
import { IconButton } from "../ui/IconButton";
import { ProblemNote } from "../ui/ProblemNote";
import type { Failure } from "./RunControls";

/** A failed action, below the buttons that it came from. */
export function Problem({
  failure,
  onClose,
}: {
  failure: Failure;
  onClose: () => void;
}) {
  return (
    <div className="absolute top-full right-0 z-30 mt-2 w-105 rounded-md bg-raised shadow-float">
      <ProblemNote error={failure.error} title={failure.title} />
      <div className="absolute top-1.5 right-1.5">
        <IconButton aria-label="Dismiss" size="sm" onClick={onClose}>
          <X size={13} />
        </IconButton>
      </div>
    </div>
  );
}
