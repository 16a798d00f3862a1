import { memo } from "react";
import {
  ArrowDownToLine,
  Copy,
  Download,
  Eraser,
  Pause,
  Play,
} from "lucide-react";
import { count } from "../ui/format";
import { Button } from "../ui/Button";
import { copyText } from "../ui/clipboard";
import { IconButton } from "../ui/IconButton";
import { Menu } from "../ui/Menu";
import { Segments } from "../ui/Segments";
import { toast } from "../ui/toast";
import { cellText, type Column } from "./cells";
import { tsv } from "./csv";
import { exportRows } from "./export";
import { type Filter, isFilter } from "./filter";
import { FilterField } from "./FilterField";
import type { Mode } from "./useRowsView";
import type { RowsView } from "./views";

const modes = [
  { value: "log", title: "Changelog" },
  { value: "table", title: "Table" },
] as const;

export const RowsToolbar = memo(function RowsToolbar({
  mode,
  onMode,
  filter,
  onFilter,
  columns,
  length,
  rows,
  name,
  follow,
  onFollow,
  meanwhile,
  onPause,
  onClear,
}: {
  mode: Mode;
  onMode: (mode: Mode) => void;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  columns: readonly Column[];
  /** How many rows are shown, where that is of interest; null in a changelog without a filter. */
  length: number | null;
  /** The rows that are shown when it is called. */
  rows: () => RowsView;
  /** Of files, before the extension. */
  name: string;
  /** null: there is nothing to follow. */
  follow: boolean | null;
  onFollow: (follow: boolean) => void;
  /** How many rows came since the pause; null while it is not paused. */
  meanwhile: number | null;
  onPause: (paused: boolean) => void;
  onClear: () => void;
}) {
  const paused = meanwhile !== null;
  const copy = () => void copyRows(columns, rows());
  const save = (format: "csv" | "json") =>
    exportRows(`${name} ${mode === "log" ? "changelog" : "table"}`, format, {
      columns,
      rows: rows(),
      kinds: mode === "log",
    });
  return (
    <div
      role="toolbar"
      aria-label="Rows"
      className="@container flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-2 py-1 text-xs"
    >
      <Segments label="View" options={modes} value={mode} onChange={onMode} />
      <FilterField filter={filter} onFilter={onFilter} columns={columns} />
      <span
        role="status"
        data-testid="rows-shown"
        className="min-w-0 truncate text-muted tabular-nums"
      >
        {length !== null &&
          `${count(length)} ${isFilter(filter) ? "match" : "in the table"}`}
      </span>
      <div className="ml-auto flex items-center gap-0.5">
        {paused && (
          <span
            data-testid="rows-meanwhile"
            className="px-1 text-accent tabular-nums"
          >
            {count(meanwhile)} came meanwhile
          </span>
        )}
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={paused}
          icon={paused ? <Play size={13} /> : <Pause size={13} />}
          onClick={() => onPause(!paused)}
        >
          <Text>{paused ? "Resume view" : "Pause view"}</Text>
        </Button>
        {follow !== null && (
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={follow}
            className={follow ? "text-accent!" : ""}
            icon={<ArrowDownToLine size={13} />}
            onClick={() => onFollow(!follow)}
          >
            <Text>Follow newest</Text>
          </Button>
        )}
        <IconButton size="sm" aria-label="Clear the rows" onClick={onClear}>
          <Eraser size={14} />
        </IconButton>
        <IconButton size="sm" aria-label="Copy the rows shown" onClick={copy}>
          <Copy size={13} />
        </IconButton>
        <Menu
          align="end"
          trigger={
            <Button
              size="sm"
              variant="ghost"
              icon={<Download size={13} />}
              data-testid="export"
            >
              <Text>Export</Text>
            </Button>
          }
          items={[
            { id: "csv", label: "CSV", onSelect: () => save("csv") },
            {
              id: "json",
              label: "JSON, values exact",
              onSelect: () => save("json"),
            },
          ]}
        />
      </div>
    </div>
  );
});

/** What a button says; without room its icon does. */
function Text({ children }: { children: string }) {
  return <span className="@max-2xl:sr-only">{children}</span>;
}

async function copyRows(
  columns: readonly Column[],
  rows: RowsView,
): Promise<void> {
  const lines = Array.from({ length: rows.length }, (_, index) =>
    columns.map((_column, at) => cellText(rows.at(index)?.values[at])),
  );
  const done = await copyText(tsv([columns.map((c) => c.name), ...lines]));
  toast(
    done
      ? { title: `${count(rows.length)} rows copied, with their columns` }
      : { title: "The browser did not allow it", tone: "danger" },
  );
}
