import { Check, CloudOff, LoaderCircle } from "lucide-react";
import { useDocument } from "../document/store";

/** "Saved" stands there only after the server has said so. */
export function SaveState() {
  const save = useDocument((state) => state.save);
  const revision = useDocument((state) => state.revision);
  return (
    <span
      role="status"
      data-testid="save-state"
      title={save.kind === "saved" ? `Revision ${revision}` : undefined}
      className={`flex min-w-0 items-center gap-1 text-xs ${save.kind === "failed" ? "text-danger" : "text-faint"}`}
    >
      {save.kind === "saved" && (
        <>
          <Check size={13} aria-hidden="true" />
          Saved
        </>
      )}
      {save.kind === "saving" && (
        <>
          <LoaderCircle size={13} aria-hidden="true" className="animate-spin" />
          Saving…
        </>
      )}
      {save.kind === "failed" && (
        <>
          <CloudOff size={13} aria-hidden="true" className="shrink-0" />
          <span className="truncate" title={save.reason}>
            Not saved: {save.reason}
            {save.retrying && " Retrying…"}
          </span>
        </>
      )}
    </span>
  );
}
