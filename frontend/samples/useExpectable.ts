import type { Preview } from "../api/types";
import { sameJson, type SampleRow } from "../document/document";
import { useDocument } from "../document/store";
import { usePreviewRows } from "../live/hooks";
import { ringSize } from "../live/nodeRows";
import type { RowRing } from "../live/rows";
import { RowTable } from "../live/table";
import { startedDocument, useStaleNodes } from "../preview/started";
import { samplesInUse } from "./sample";
import { expectedRows, whyNot } from "./test";

/** The node's final table when it is called. */
export type Rows = () => SampleRow[];

/** The rows of a node that a test can expect, or why there are none. */
export function useExpectable(
  preview: Preview | null,
  node: string,
): { rows: Rows; why?: undefined } | { rows?: undefined; why: string } {
  const ring = usePreviewRows(preview?.id ?? "", node)?.ring;
  const stale = useStaleNodes(preview?.id).has(node);
  const shown = preview?.nodes[node];
  const ended =
    preview?.state === "finished" &&
    !stale &&
    shown?.dropped === 0 &&
    isWhole(ring, shown.count);
  const ran = ended ? startedDocument(preview.id) : undefined;
  const why = useDocument(({ document }) => {
    const same = ran && sameJson(samplesInUse(ran), samplesInUse(document));
    return whyNot(document, same ? shown?.count : undefined);
  });
  return why === undefined ? { rows: () => finalRows(ring) } : { why };
}

/** Whether all of the node's rows are here, and whole. */
function isWhole(ring: RowRing | undefined, count: number): boolean {
  if (!ring) return count === 0;
  if (ring.length !== count) return false;
  for (let i = 0; i < ring.length; i++) if (ring.at(i)?.cut) return false;
  return true;
}

/** What the changelog comes to, told apart by whole rows as a test's run does. */
function finalRows(ring: RowRing | undefined): SampleRow[] {
  const table = new RowTable(null, ringSize);
  for (let i = 0; ring && i < ring.length; i++) {
    const row = ring.at(i);
    if (row) table.apply([row], 0);
  }
  return expectedRows(table.list().map(({ row }) => row));
}
