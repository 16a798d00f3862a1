import { type Column, isNumeric } from "./cells";

export function GridHeader({
  columns,
  template,
}: {
  columns: readonly Column[];
  template: string;
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
        <div
          role="columnheader"
          className="px-1.5 py-1 font-sans text-2xs text-faint"
        >
          Kind
        </div>
        {columns.map((column) => (
          <div
            key={column.name}
            role="columnheader"
            title={`${column.name} ${column.type}`}
            className={`min-w-0 border-l px-2 py-1 ${isNumeric(column.type) ? "text-right" : ""}`}
          >
            <div className="truncate font-semibold text-text">
              {column.name}
            </div>
            <div className="truncate text-2xs leading-3.5 text-faint">
              {column.type}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
