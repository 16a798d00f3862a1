import {
  useCallback,
  useDeferredValue,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Preview } from "../api/types";
import { edgesInto, sameJson } from "../document/document";
import { useAnalysis } from "../document/AnalysisProvider";
import { useDocument } from "../document/store";
import { usePreviewRows } from "../live/hooks";
import { clearNodeRows } from "../live/store";
import type { Column } from "./cells";
import { type Filter, isFilter, noFilter } from "./filter";
import { nextOrder, type Order } from "./order";
import { RowsFigures } from "./RowsFigures";
import { RowsGrid } from "./RowsGrid";
import { RowsHeader } from "./RowsHeader";
import { RowsToolbar } from "./RowsToolbar";
import { TableNote } from "./TableNote";
import { useRowKey } from "./useRowKey";
import { hold, type Held, type Mode, useRowsView } from "./useRowsView";

/** The node's rows with all that can be done with them: held still, filtered, sorted, cleared, taken along. */
export function NodeRows({
  preview,
  node,
  columns: told,
  mode,
  onMode,
  follow,
  onFollow,
}: {
  preview: Preview;
  node: string;
  columns: readonly Column[];
  mode: Mode;
  onMode: (mode: Mode) => void;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}) {
  const columns = useSame(told);
  const live = usePreviewRows(preview.id, node);
  const [held, setHeld] = useState<Held | null>(null);
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [chosen, setOrder] = useState<Order | null>(null);
  const key = useRowKey(preview.id, node, columns);
  const eventTimes = useEventTimes(node);
  const total = preview.nodes[node]?.count ?? 0;

  const sortable = mode === "table" || held !== null;
  const order = sortable ? chosen : null;
  const rows = useRowsView(
    live,
    held,
    mode,
    useDeferredValue(filter),
    order,
    columns[order?.column ?? 0]?.type ?? "",
  );
  const meanwhile =
    held === null
      ? null
      : Math.max(0, total - (held.preview === preview.id ? held.count : 0));
  const newest = useNewest({ rows, live, total });
  const rowsNow = useCallback(() => newest.current.rows, [newest]);
  const onPause = useCallback(
    (paused: boolean) => {
      const now = newest.current;
      setHeld(paused ? hold(now.live, preview.id, now.total) : null);
    },
    [newest, preview.id],
  );
  const onClear = useCallback(() => {
    setHeld(null);
    clearNodeRows(preview.id, node);
  }, [preview.id, node]);
  const onOrder = useCallback(
    (column: number) => setOrder((before) => nextOrder(before, column)),
    [],
  );
  const stream = !held && rows.entryOf === undefined;
  return (
    <>
      <RowsHeader preview={preview} node={node}>
        <RowsFigures preview={preview} node={node} />
      </RowsHeader>
      <RowsToolbar
        mode={mode}
        onMode={onMode}
        filter={filter}
        onFilter={setFilter}
        columns={columns}
        length={isFilter(filter) || mode === "table" ? rows.length : null}
        rows={rowsNow}
        name={useFileName(node)}
        follow={stream ? follow : null}
        onFollow={onFollow}
        meanwhile={meanwhile}
        onPause={onPause}
        onClear={onClear}
      />
      {mode === "table" && (
        <TableNote
          table={live?.table ?? null}
          missed={
            (live?.ring.skipped ?? 0) + (preview.nodes[node]?.dropped ?? 0)
          }
          keyed={key !== null}
        />
      )}
      <RowsGrid
        key={`${preview.id} ${mode} ${held !== null}`}
        of={{ preview: preview.id, node }}
        node={`${preview.pipeline}/${node}`}
        columns={columns}
        rows={rows}
        kinds={mode === "log"}
        empty={
          isFilter(filter)
            ? "No row matches the filter."
            : mode === "table" && live?.table
              ? "The table is empty."
              : "Cleared. New rows appear here."
        }
        keyColumns={mode === "table" ? key : null}
        eventTimes={eventTimes}
        order={order}
        onOrder={sortable ? onOrder : undefined}
        follow={stream && follow}
        onFollow={onFollow}
      />
    </>
  );
}

/** What was rendered last, for what happens later. */
function useNewest<T>(value: T) {
  const newest = useRef(value);
  useLayoutEffect(() => {
    newest.current = value;
  });
  return newest;
}

/** The names of the event time columns, as Flink tells them; of a sink's rows those of its input. */
function useEventTimes(node: string): ReadonlySet<string> {
  const { columns } = useAnalysis();
  const input = useDocument(
    ({ document }) => edgesInto(document, node)[0]?.from,
  );
  const known = columns.get(node);
  const inputs = input === undefined ? undefined : columns.get(input);
  return useMemo(() => {
    const times = [...(known ?? []), ...(inputs ?? [])];
    return new Set(times.filter((c) => c.rowtime).map((c) => c.name));
  }, [known, inputs]);
}

function useFileName(node: string): string {
  return useDocument(
    ({ document }) =>
      `${document.name} ${document.nodes[node]?.name ?? "rows"}`,
  );
}

/** The same object as long as it says the same: columns come with each message anew. */
function useSame(columns: readonly Column[]): readonly Column[] {
  const [same, setSame] = useState(columns);
  if (same === columns || sameJson(same, columns)) return same;
  setSame(columns);
  return columns;
}
