import { type KeyboardEvent, memo, useState } from "react";
import type { Json, RowKind, SampleRow } from "../document/document";
import { cellText, isNumeric, rowKinds, shortText } from "../preview/cells";
import { count } from "../ui/format";
import type { GridProblems } from "./DataGrid";
import { type GridColumn, rowKind } from "./gridRows";
import type { Then } from "./places";
import type { Editing } from "./useGridEditing";

export const DataRow = memo(function DataRow({
  id,
  row,
  index,
  top,
  columns,
  kinds,
  template,
  problems,
  left,
  right,
  active,
  editing,
  onCommit,
  onKind,
  onCancel,
}: {
  /** Of the row's cells, with their column's place behind it. */
  id: string;
  row: SampleRow;
  index: number;
  top: number;
  columns: readonly GridColumn[];
  kinds: boolean;
  template: string;
  problems: GridProblems;
  /** The selected columns, inclusive; none when left is greater than right. */
  left: number;
  right: number;
  /** The column of the active cell, -1 the kind's; undefined when it is in another row. */
  active: number | undefined;
  /** What is typed into the active cell. */
  editing: Editing | null;
  onCommit: (text: string, then: Then) => void;
  onKind: (kind: RowKind) => void;
  onCancel: () => void;
}) {
  const kind = rowKind(row);
  const look = rowKinds[kind];
  const problem = problems.get(String(index));
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={`absolute inset-x-0 grid h-6 items-stretch border-b hover:bg-hover ${kinds ? look.rowClass : ""}`}
      style={{ gridTemplateColumns: template, top }}
    >
      <div
        role="rowheader"
        data-cell="row"
        title={problem}
        className={`cursor-default px-2 text-right text-2xs leading-6 ${problem ? "bg-danger-soft text-danger" : "text-faint"}`}
      >
        {count(index + 1)}
        {problem && <span className="sr-only"> {problem}</span>}
      </div>
      {kinds && (
        <KindCell
          id={`${id}--1`}
          kind={kind}
          active={active === -1}
          selected={left <= -1 && right >= -1}
          editing={active === -1 && editing !== null}
          onKind={onKind}
          onCancel={onCancel}
        />
      )}
      {columns.map((column, at) => (
        <Cell
          key={column.name}
          id={`${id}-${at}`}
          at={at}
          value={row.values[at] ?? null}
          column={column}
          problem={problems.get(`${index} ${column.name}`)}
          selected={at >= left && at <= right}
          active={at === active}
          editing={at === active ? editing : null}
          onCommit={onCommit}
          onCancel={onCancel}
        />
      ))}
    </div>
  );
});

function outline(active: boolean): string {
  return active ? "outline-2 -outline-offset-2 outline-accent" : "";
}

function KindCell({
  id,
  kind,
  active,
  selected,
  editing,
  onKind,
  onCancel,
}: {
  id: string;
  kind: RowKind;
  active: boolean;
  selected: boolean;
  editing: boolean;
  onKind: (kind: RowKind) => void;
  onCancel: () => void;
}) {
  const look = rowKinds[kind];
  return (
    <div
      id={id}
      role="gridcell"
      data-cell="-1"
      aria-selected={selected}
      title={look.title}
      className={`border-l px-1 leading-6 font-semibold ${look.kindClass} ${selected ? "bg-selected" : ""} ${outline(active)}`}
    >
      {editing ? (
        <select
          autoFocus
          aria-label="Kind of the row"
          value={kind}
          className="h-5 w-full rounded-sm border bg-surface text-text"
          onChange={({ target }) => onKind(target.value as RowKind)}
          onBlur={onCancel}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Escape" || event.key === "Enter") onCancel();
          }}
        >
          {Object.entries(rowKinds).map(([value, { title }]) => (
            <option key={value} value={value}>
              {value} {title}
            </option>
          ))}
        </select>
      ) : (
        kind
      )}
    </div>
  );
}

function Cell({
  id,
  at,
  value,
  column,
  problem,
  selected,
  active,
  editing,
  onCommit,
  onCancel,
}: {
  id: string;
  at: number;
  value: Json;
  column: GridColumn;
  problem: string | undefined;
  selected: boolean;
  active: boolean;
  editing: Editing | null;
  onCommit: (text: string, then: Then) => void;
  onCancel: () => void;
}) {
  const text = cellText(value);
  const back = problem ? "bg-danger-soft" : selected ? "bg-selected" : "";
  return (
    <div
      id={id}
      role="gridcell"
      data-cell={at}
      aria-selected={selected}
      aria-invalid={problem ? true : undefined}
      title={problem}
      className={`relative min-w-0 cursor-default border-l leading-6 ${back} ${outline(active)} ${isNumeric(column.type) ? "text-right" : ""}`}
    >
      {editing ? (
        <CellInput
          label={column.name}
          text={editing.text}
          all={editing.all}
          onCommit={onCommit}
          onCancel={onCancel}
        />
      ) : (
        <div
          className={`truncate px-2 whitespace-pre ${text === null ? "text-faint italic" : ""} ${problem ? "text-danger" : ""}`}
        >
          {text === null ? "NULL" : shortText(text)}
        </div>
      )}
      {problem && <span className="sr-only"> {problem}</span>}
    </div>
  );
}

const after: Record<string, Then> = {
  Enter: "down",
  Tab: "right",
};

function CellInput({
  label,
  text: first,
  all,
  onCommit,
  onCancel,
}: {
  label: string;
  text: string;
  /** Marks the whole text, so that typing replaces it. */
  all: boolean;
  onCommit: (text: string, then: Then) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState(first);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel();
      return;
    }
    const then = after[event.key];
    if (!then) return;
    event.preventDefault();
    onCommit(text, event.shiftKey ? opposite[then] : then);
  };
  return (
    <input
      autoFocus
      aria-label={label}
      spellCheck={false}
      autoComplete="off"
      value={text}
      className="absolute inset-0 w-full bg-surface px-2 text-text outline-2 -outline-offset-2 outline-accent"
      onFocus={({ target }) => {
        if (all) target.select();
      }}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => onCommit(text, "stay")}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.stopPropagation()}
      onCopy={(event) => event.stopPropagation()}
      onPaste={(event) => event.stopPropagation()}
    />
  );
}

const opposite: Record<Then, Then> = {
  down: "up",
  up: "down",
  right: "left",
  left: "right",
  stay: "stay",
};
