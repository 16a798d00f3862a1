import { Plus, X } from "lucide-react";
import type { ClipboardEvent, KeyboardEvent } from "react";
import { valueAt } from "../document/document";
import { Button } from "../ui/Button";
import { IconButton } from "../ui/IconButton";
import { DraftInput } from "./DraftInput";
import {
  at,
  type FieldProps,
  listOrNothing,
  removed,
  textsOf,
} from "./fieldProps";
import { useConfig } from "./NodeScope";
import { parseCells, pasteCells, withCell } from "./valueRows";

/** More are typed in the SQL: thousands of inputs would make the form slow. */
const MOST_ROWS = 100;

/** Rows of values as a small grid below the columns' names; cells of a spreadsheet can be pasted into it. */
export function ValueRowsInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const columns = textsOf(valueAt(useConfig(), "columns"));
  const rows = Array.isArray(value) ? value.map(textsOf) : [];
  const width = Math.max(1, columns.length, ...rows.map((row) => row.length));
  const keep = (next: string[][], burst?: string) =>
    onChange(listOrNothing(next), burst);
  const add = () => keep([...rows, Array<string>(width).fill("")]);

  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    const place = placeOf(event.target);
    if (!place || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    keep(pasteCells(rows, place.row, place.column, parseCells(text)));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const by = steps[event.key];
    if (!place || by === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const grid = event.currentTarget;
    if (event.key === "Enter" && place.row === rows.length - 1) add();
    requestAnimationFrame(() => {
      focusCell(grid, place.row + by, place.column);
    });
  };

  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="group"
        aria-label={field.title}
        className="-m-0.75 overflow-x-auto p-0.75"
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      >
        <div
          className="grid gap-1"
          style={{
            gridTemplateColumns: `repeat(${width}, minmax(5.5rem, 1fr)) auto`,
          }}
        >
          <Heads columns={columns} width={width} />
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <ValueRow
              key={index}
              row={row}
              number={index}
              columns={columns}
              width={width}
              path={`${field.path}.${index}`}
              diagnostics={at(diagnostics, `${field.path}.${index}`)}
              onCell={(column, text, burst) =>
                keep(withCell(rows, index, column, text), burst)
              }
              onRemove={() => keep(removed(rows, index))}
            />
          ))}
        </div>
      </div>
      <div className="flex items-center gap-2">
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus size={13} />}
          onClick={add}
        >
          Add row
        </Button>
        <span className="text-xs text-faint">
          {rows.length > MOST_ROWS
            ? `${rows.length - MOST_ROWS} more rows: see the SQL tab.`
            : "Cells of a spreadsheet can be pasted."}
        </span>
      </div>
    </div>
  );
}

function Heads({
  columns,
  width,
}: {
  columns: readonly string[];
  width: number;
}) {
  return (
    <>
      {Array.from({ length: width }, (_, column) => (
        <span
          key={column}
          title={columns[column] ?? "This column has no name"}
          className={`truncate px-2 font-mono text-2xs ${columns[column] ? "text-muted" : "text-danger"}`}
        >
          {columns[column] ?? "no name"}
        </span>
      ))}
      <span />
    </>
  );
}

function ValueRow({
  row,
  number,
  columns,
  width,
  path,
  diagnostics,
  onCell,
  onRemove,
}: {
  row: readonly string[];
  number: number;
  columns: readonly string[];
  width: number;
  path: string;
  diagnostics: FieldProps["diagnostics"];
  onCell: (column: number, text: string, burst: string) => void;
  onRemove: () => void;
}) {
  return (
    <>
      {Array.from({ length: width }, (_, column) => (
        <DraftInput
          key={column}
          label={`${columns[column] ?? `Column ${column + 1}`} of row ${number + 1}`}
          path={`${path}.${column}`}
          mono
          value={row[column] ?? ""}
          placeholder="value"
          invalid={diagnostics.some(
            ({ field }) => field === path || field === `${path}.${column}`,
          )}
          onCommit={(text, burst) => onCell(column, text, burst)}
        />
      ))}
      <IconButton
        aria-label={`Remove row ${number + 1}`}
        size="sm"
        className="mt-0.5"
        onClick={onRemove}
      >
        <X size={13} />
      </IconButton>
    </>
  );
}

const steps: Record<string, number> = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

function placeOf(
  target: EventTarget,
): { row: number; column: number } | undefined {
  const path = (target as HTMLElement).dataset["field"] ?? "";
  const match = /\.(\d+)\.(\d+)$/.exec(path);
  return match
    ? { row: Number(match[1]), column: Number(match[2]) }
    : undefined;
}

function focusCell(grid: HTMLElement, row: number, column: number): void {
  grid.querySelector<HTMLElement>(`[data-field$=".${row}.${column}"]`)?.focus();
}
