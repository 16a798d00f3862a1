import { useState } from "react";
import type { Preview, Row } from "../api/types";
import { documentStore } from "../document/store";
import type { RowRing } from "../live/rows";
import { usePreviewRows } from "../live/hooks";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { count } from "../ui/format";
import { TextField } from "../ui/TextField";
import { toast } from "../ui/toast";
import type { GridColumn } from "./gridRows";
import { masker, newSalt } from "./mask";
import { cutToSize, mostRows, pinned, takeSample } from "./sample";

// One for as long as the page is open: rows of several sources that are pinned one after the other still join.
const mask = masker(newSalt());

/** Takes the newest rows that the preview has of a source, with stand-ins for what must not be kept. */
export function PinDialog({
  id,
  columns,
  preview,
  onClose,
}: {
  id: string;
  columns: readonly GridColumn[];
  preview: Preview;
  onClose: () => void;
}) {
  const ring = usePreviewRows(preview.id, id)?.ring;
  const [number, setNumber] = useState("100");
  const [masked, setMasked] = useState<ReadonlySet<string>>(new Set());
  const wanted = /^\d+$/.test(number.trim()) ? Number(number) : 0;
  const wrong = wanted < 1 || wanted > mostRows;
  const kept = ring?.length ?? 0;
  const from = preview.nodes[id]?.columns ?? [];
  const pin = () => {
    if (!ring || wrong) return;
    const { rows, cells } = newest(ring, wanted);
    const { document } = documentStore.api.getState();
    const all = pinned(rows, from, columns, masked, mask);
    const { sample, cut } = cutToSize(all);
    const taken = sample.rows.length;
    const label = `Pin ${count(taken)} rows`;
    if (!documentStore.edit(takeSample(document, id, sample, label))) return;
    sayWhatIsMissing(cut, cells);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Pin these rows"
      description={`The newest rows of the preview become the sample: ${count(kept)} are here.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            data-testid="confirm"
            disabled={wrong || kept === 0}
            onClick={pin}
          >
            Pin {count(Math.min(wanted, kept))} rows
          </Button>
        </>
      }
    >
      <TextField
        label="How many of the newest rows"
        inputMode="numeric"
        value={number}
        onChange={setNumber}
        error={wrong ? `From 1 to ${count(mostRows)}` : undefined}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-xs font-medium text-muted">
          Columns to mask
        </legend>
        <div className="grid max-h-48 grid-cols-2 gap-x-4 gap-y-1 overflow-y-auto">
          {columns.map(({ name, type }) => (
            <label key={name} className="flex min-w-0 items-center gap-2">
              <input
                type="checkbox"
                checked={masked.has(name)}
                onChange={({ target }) =>
                  setMasked(toggled(masked, name, target.checked))
                }
              />
              <span className="truncate font-mono text-xs" title={type}>
                {name}
              </span>
            </label>
          ))}
        </div>
        <p className="pt-1 text-xs text-faint">
          A masked value becomes a stand-in of the same type and shape before it
          is stored: the same value the same one, also in other sources that are
          pinned before the page is loaded anew, so that joins still match.
        </p>
      </fieldset>
    </Dialog>
  );
}

function toggled(
  names: ReadonlySet<string>,
  name: string,
  on: boolean,
): ReadonlySet<string> {
  const next = new Set(names);
  if (on) next.add(name);
  else next.delete(name);
  return next;
}

/** The newest rows, and how many of their cells are here by their beginning only. */
function newest(ring: RowRing, wanted: number): { rows: Row[]; cells: number } {
  const rows: Row[] = [];
  let cells = 0;
  for (let i = Math.max(0, ring.length - wanted); i < ring.length; i++) {
    const row = ring.at(i);
    if (!row) continue;
    rows.push(row);
    cells += Object.keys(row.cut ?? {}).length;
  }
  return { rows, cells };
}

function sayWhatIsMissing(rows: number, cells: number): void {
  if (rows > 0)
    toast({
      title: "Not all rows were pinned",
      detail: `A sample holds 256 kB: the last ${count(rows)} rows were left out.`,
      tone: "warn",
    });
  if (cells > 0)
    toast({
      title: "Some cells are cut",
      detail: `Of ${count(cells)} large cells the preview has only the beginning, and so has the sample.`,
      tone: "warn",
    });
}
