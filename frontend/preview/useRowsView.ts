import { useMemo } from "react";
import type { NodeRows } from "../live/nodeRows";
import type { TableRow } from "../live/table";
import { type Filter, matcher } from "./filter";
import type { Order } from "./order";
import { usePaced } from "./usePaced";
import {
  FilteredLog,
  keptLog,
  type KeptRow,
  keptTable,
  keptView,
  logView,
  type RowsView,
} from "./views";

export type Mode = "log" | "table";

/** What was held still by a pause, and how many rows the node had made by then. */
export interface Held {
  log: readonly KeptRow[];
  table: readonly KeptRow[];
  preview: string;
  count: number;
}

export function hold(
  rows: NodeRows | null,
  preview: string,
  count: number,
): Held {
  const log = rows ? keptLog(rows.ring) : [];
  const table = rows?.table ? keptTable(rows.table.list().map(copy)) : log;
  return { log, table, preview, count };
}

/** An entry goes on changing with its table. */
function copy(entry: TableRow): TableRow {
  return { ...entry };
}

const nothing: RowsView = keptView([], null, null, "");

/** The rows to show: of the changelog or its table, live or held, those that pass, in the order. */
export function useRowsView(
  live: NodeRows | null,
  held: Held | null,
  mode: Mode,
  filter: Filter,
  order: Order | null,
  type: string,
): RowsView {
  const passes = useMemo(() => matcher(filter), [filter]);
  // A table of inserts only is its changelog.
  const asLog = !held && !order && (mode === "log" || !live?.table);
  const ring = asLog ? live?.ring : undefined;
  const filtered = useMemo(
    () => (ring && passes ? new FilteredLog(ring, passes) : null),
    [ring, passes],
  );
  const kept = usePaced(
    held ?? live,
    [held, live?.ring, asLog, mode, passes, order, type],
    () =>
      asLog
        ? nothing
        : keptView(keptRows(live, held, mode), passes, order, type),
  );
  if (!ring) return kept;
  // The ring is changed in place: a view of it is made anew in each frame.
  return filtered ? filtered.view() : logView(ring);
}

function keptRows(
  live: NodeRows | null,
  held: Held | null,
  mode: Mode,
): readonly KeptRow[] {
  if (held) return held[mode];
  if (!live) return [];
  return live.table ? keptTable(live.table.list()) : keptLog(live.ring);
}
