import { memo } from "react";
import type { Row } from "../api/types";
import { bytes, count } from "../ui/format";
import { cellText, type Column, isNumeric, rowKinds, shortText } from "./cells";

/** What became of a row of a table a moment ago. */
export interface Freshness {
  /** Its values before; null for a row that is new. */
  before: readonly unknown[] | null;
  /** Another number after each update, so that the highlight begins anew. */
  updates: number;
}

export const GridRow = memo(function GridRow({
  id,
  row,
  number,
  index,
  top,
  columns,
  template,
  kinds,
  left,
  right,
  active,
  before,
  updates,
}: {
  /** Of the row's cells, with their column's place behind it. */
  id: string;
  row: Row;
  number: number;
  index: number;
  top: number;
  columns: readonly Column[];
  template: string;
  kinds: boolean;
  /** The selected columns, inclusive; -1 for none. */
  left: number;
  right: number;
  /** The column of the active cell; -1 when it is in another row. */
  active: number;
  before?: Freshness["before"] | undefined;
  updates?: number | undefined;
}) {
  const look = rowKinds[row.kind];
  const fresh =
    updates === undefined ? "" : updates % 2 ? "fresh-b" : "fresh-a";
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
        data-cell="-1"
        className={`cursor-default px-2 text-right text-2xs leading-6 text-faint ${left === 0 && right === columns.length - 1 ? "bg-selected" : ""}`}
      >
        {count(number)}
      </div>
      {kinds && (
        <div
          role="gridcell"
          title={look.title}
          className={`px-1.5 leading-6 font-semibold ${look.kindClass}`}
        >
          {row.kind}
        </div>
      )}
      {columns.map((column, at) => (
        <Cell
          key={column.name}
          id={`${id}-${at}`}
          at={at}
          place={at + (kinds ? 3 : 2)}
          value={row.values[at]}
          whole={row.cut?.[at]}
          right={isNumeric(column.type)}
          selected={at >= left && at <= right}
          active={at === active}
          fresh={
            fresh !== "" && (!before || !sameValue(before[at], row.values[at]))
              ? fresh
              : ""
          }
        />
      ))}
    </div>
  );
});

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || cellText(a) === cellText(b);
}

function Cell({
  id,
  at,
  place,
  value,
  whole,
  right,
  selected,
  active,
  fresh,
}: {
  id: string;
  at: number;
  /** Among all columns, from 1. */
  place: number;
  value: unknown;
  /** Bytes of the whole value, where only its beginning is here. */
  whole: number | undefined;
  right: boolean;
  selected: boolean;
  active: boolean;
  fresh: string;
}) {
  const text = cellText(value);
  return (
    <div
      id={id}
      role="gridcell"
      data-cell={at}
      aria-colindex={place}
      aria-selected={selected}
      className={`cursor-cell truncate px-2 leading-6 whitespace-pre ${right ? "text-right tabular-nums" : ""} ${selected ? "bg-selected" : ""} ${active ? "active-cell" : ""} ${text === null ? "text-faint italic" : ""} ${fresh}`}
    >
      {whole !== undefined && (
        <span className="mr-1 text-2xs text-warn">of {bytes(whole)}</span>
      )}
      {text === null ? "NULL" : shortText(text)}
    </div>
  );
}
