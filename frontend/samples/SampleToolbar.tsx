import { Minus, Plus, Trash2 } from "lucide-react";
import { documentStore } from "../document/store";
import { Button } from "../ui/Button";
import { count } from "../ui/format";
import { IconButton } from "../ui/IconButton";
import { Switch } from "../ui/Switch";
import type { GridColumn } from "./gridRows";
import { SampleChoice } from "./SampleChoice";
import { SampleWays } from "./SampleWays";
import { deleteSample, mostRows } from "./sample";

export function SampleToolbar({
  pipeline,
  id,
  columns,
  rows,
  kinds,
  onKinds,
  onAdd,
  onRemove,
}: {
  pipeline: string;
  id: string;
  columns: readonly GridColumn[];
  rows: number;
  kinds: boolean;
  /** Absent while the kinds must be shown. */
  onKinds: ((kinds: boolean) => void) | undefined;
  onAdd: () => void;
  onRemove: () => void;
}) {
  return (
    <div
      role="toolbar"
      aria-label="Sample"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-2 py-1 text-xs"
    >
      <SampleChoice id={id} compact />
      <span
        className="text-muted tabular-nums"
        data-testid="sample-rows"
        title={`At most ${count(mostRows)}`}
      >
        {count(rows)} {rows === 1 ? "row" : "rows"}
      </span>
      <IconButton size="sm" aria-label="Add a row (Ctrl+Enter)" onClick={onAdd}>
        <Plus size={14} />
      </IconButton>
      <IconButton
        size="sm"
        aria-label="Remove the selected rows (Shift+Delete)"
        disabled={rows === 0}
        onClick={onRemove}
      >
        <Minus size={14} />
      </IconButton>
      {onKinds && (
        <Switch checked={kinds} onChange={onKinds}>
          Row kinds
        </Switch>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-1">
        <SampleWays pipeline={pipeline} id={id} columns={columns} />
        <Button
          size="sm"
          variant="ghost"
          icon={<Trash2 size={13} />}
          onClick={() => {
            const { document } = documentStore.api.getState();
            documentStore.edit(deleteSample(document, id));
          }}
        >
          Delete
        </Button>
      </div>
    </div>
  );
}
