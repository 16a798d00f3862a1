import { X } from "lucide-react";
import type { Row } from "../api/types";
import { CopyButton } from "../ui/CopyButton";
import { bytes, count } from "../ui/format";
import { IconButton } from "../ui/IconButton";
import { cellText, type Column } from "./cells";
import { ValueTree } from "./ValueTree";

/** The whole value of a cell beside the grid: nested ones as a tree, long ones wrapped. It follows the active cell. */
export function ValueDrawer({
  column,
  row,
  number,
  at,
  onClose,
}: {
  column: Column | undefined;
  row: Row | undefined;
  /** Of the row, as the grid shows it. */
  number: number;
  at: number;
  onClose: () => void;
}) {
  const value = row?.values[at];
  const whole = row?.cut?.[at];
  const text = cellText(value);
  return (
    <aside
      aria-label="Value"
      data-testid="value-drawer"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
      className="flex w-80 max-w-[60%] shrink-0 flex-col border-l bg-surface"
    >
      <header className="flex items-start gap-1 border-b py-1 pr-1 pl-3">
        <div className="min-w-0 flex-1 text-xs">
          <h3 className="truncate font-mono font-semibold">
            {column?.name ?? "No cell"}
          </h3>
          <p className="truncate text-2xs text-faint">
            {row ? `${column?.type ?? ""} · row ${count(number)}` : ""}
          </p>
        </div>
        {text !== null && row && (
          <CopyButton text={text} label="Copy the value" />
        )}
        <IconButton size="sm" aria-label="Close the value" onClick={onClose}>
          <X size={13} />
        </IconButton>
      </header>
      <div
        tabIndex={0}
        role="region"
        aria-label="Whole value"
        className="min-h-0 flex-1 overflow-auto px-3 py-2 font-mono text-xs focus-visible:-outline-offset-2"
      >
        {whole !== undefined && (
          <p className="mb-2 font-sans text-warn" data-testid="value-cut">
            The first {bytes(byteLength(text ?? ""))} of {bytes(whole)}: a
            preview sends no more of it.
          </p>
        )}
        {row && <ValueTree key={`${number} ${at}`} value={value ?? null} />}
        {!row && (
          <p className="font-sans text-muted">
            Choose a cell: its row is no longer kept.
          </p>
        )}
      </div>
    </aside>
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
