import { memo } from "react";
import type { Row } from "../api/types";
import { count } from "../ui/format";
import { cellText, type Column, isNumeric, rowKinds } from "./cells";

export const GridRow = memo(function GridRow({
  row,
  place,
  index,
  top,
  columns,
  template,
}: {
  row: Row | undefined;
  place: number;
  index: number;
  top: number;
  columns: readonly Column[];
  template: string;
}) {
  if (!row) return null;
  const look = rowKinds[row.kind];
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`absolute inset-x-0 grid h-6 items-center border-b hover:bg-hover ${look.rowClass}`}
      style={{ gridTemplateColumns: template, top }}
    >
      <div role="cell" className="px-2 text-right text-2xs text-faint">
        {count(place + 1)}
      </div>
      <div
        role="cell"
        title={look.title}
        className={`px-1.5 font-semibold ${look.kindClass}`}
      >
        {row.kind}
      </div>
      {columns.map((column, at) => (
        <Cell
          key={column.name}
          value={row.values[at]}
          right={isNumeric(column.type)}
        />
      ))}
    </div>
  );
});

function Cell({ value, right }: { value: unknown; right: boolean }) {
  const text = cellText(value);
  const side = right ? "text-right tabular-nums" : "";
  if (text === null)
    return (
      <div role="cell" className={`px-2 text-faint italic ${side}`}>
        NULL
      </div>
    );
  return (
    <div
      role="cell"
      title={text.length > 20 ? text : undefined}
      className={`truncate px-2 whitespace-pre ${side}`}
    >
      {text}
    </div>
  );
}
