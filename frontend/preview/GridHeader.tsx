import { ArrowDown, ArrowUp, Clock, KeyRound } from "lucide-react";
import { memo, type ReactNode } from "react";
import { type Column, isNumeric } from "./cells";
import { ColumnHandle } from "./ColumnHandle";
import type { Order } from "./order";

export const GridHeader = memo(function GridHeader({
  columns,
  widths,
  template,
  kinds,
  keyColumns,
  eventTimes,
  order,
  onOrder,
  onWidth,
}: {
  columns: readonly Column[];
  widths: readonly number[];
  template: string;
  kinds: boolean;
  keyColumns: readonly number[] | null;
  eventTimes: ReadonlySet<string>;
  order: Order | null;
  /** Absent while the rows cannot be sorted. */
  onOrder: ((column: number) => void) | undefined;
  onWidth: (column: number, width: number | null) => void;
}) {
  return (
    <div role="rowgroup" className="sticky top-0 z-1">
      <div
        role="row"
        aria-rowindex={1}
        className="grid border-b border-strong bg-sunken"
        style={{ gridTemplateColumns: template }}
      >
        <div
          role="columnheader"
          className="px-2 py-1 text-right font-sans text-2xs text-faint"
        >
          Row
        </div>
        {kinds && (
          <div
            role="columnheader"
            className="px-1.5 py-1 font-sans text-2xs text-faint"
          >
            Kind
          </div>
        )}
        {columns.map((column, at) => (
          <div
            key={column.name}
            role="columnheader"
            aria-colindex={at + (kinds ? 3 : 2)}
            aria-sort={sortOf(order, at)}
            title={`${column.name} ${column.type}`}
            className={`relative flex min-w-0 flex-col border-l ${isNumeric(column.type) ? "items-end" : "items-start"}`}
          >
            <Name
              onClick={onOrder && (() => onOrder(at))}
              marks={
                <>
                  {keyColumns?.includes(at) && (
                    <KeyRound
                      size={11}
                      aria-label="Key"
                      className="shrink-0 text-muted"
                    />
                  )}
                  {eventTimes.has(column.name) && (
                    <Clock
                      size={11}
                      aria-label="Event time"
                      className="shrink-0 text-accent"
                    />
                  )}
                  <Arrow order={order} at={at} />
                </>
              }
            >
              {column.name}
            </Name>
            <div className="max-w-full truncate px-2 pb-1 text-2xs leading-3.5 text-faint">
              {column.type}
            </div>
            <ColumnHandle
              name={column.name}
              width={widths[at] ?? 0}
              onWidth={(width) => onWidth(at, width)}
            />
          </div>
        ))}
      </div>
    </div>
  );
});

function Name({
  onClick,
  marks,
  children,
}: {
  onClick: (() => void) | undefined;
  marks: ReactNode;
  children: string;
}) {
  const content = (
    <>
      <span className="truncate">{children}</span>
      {marks}
    </>
  );
  const look =
    "flex max-w-full items-center gap-1 px-2 pt-1 font-semibold text-text";
  if (!onClick) return <div className={look}>{content}</div>;
  return (
    <button
      type="button"
      onClick={onClick}
      className={`${look} hover:text-accent focus-visible:-outline-offset-2`}
    >
      {content}
    </button>
  );
}

function Arrow({ order, at }: { order: Order | null; at: number }) {
  if (order?.column !== at) return null;
  const Icon = order.descending ? ArrowDown : ArrowUp;
  return <Icon size={11} aria-hidden="true" className="shrink-0" />;
}

function sortOf(
  order: Order | null,
  column: number,
): "ascending" | "descending" | undefined {
  if (order?.column !== column) return undefined;
  return order.descending ? "descending" : "ascending";
}
