import type { RowTable } from "../live/table";
import { plural } from "../ui/format";

/** What the table lacks, and why. Nothing where it is whole. */
export function TableNote({
  table,
  missed,
  keyed,
}: {
  table: RowTable | null;
  missed: number;
  keyed: boolean;
}) {
  const notes: string[] = [];
  if (missed > 0)
    notes.push(
      `${plural(missed, "change")} did not come through${keyed ? "" : ": without a primary key the table may show rows that are gone"}.`,
    );
  else if ((table?.unmatched ?? 0) > 0)
    notes.push(
      `${plural(table?.unmatched ?? 0, "change")} of rows from before the first one that is kept.`,
    );
  if ((table?.dropped ?? 0) > 0)
    notes.push(`${plural(table?.dropped ?? 0, "older row")} not kept.`);
  if (notes.length === 0) return null;
  return (
    <p
      data-testid="table-note"
      className="shrink-0 border-b bg-warn-soft px-3 py-0.5 text-xs text-text"
    >
      {notes.join(" ")}
    </p>
  );
}
