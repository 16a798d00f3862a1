import { X } from "lucide-react";
import { isNumeric } from "../preview/cells";
import type { GridColumn } from "./gridRows";

export function DataGridHeader({
  columns,
  kinds,
  template,
  onRemove,
}: {
  columns: readonly GridColumn[];
  kinds: boolean;
  template: string;
  /** Takes away a column that should not be there. */
  onRemove: ((name: string) => void) | undefined;
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
            className="border-l px-1.5 py-1 font-sans text-2xs text-faint"
          >
            Kind
          </div>
        )}
        {columns.map(({ name, type, problem }) => (
          <div
            key={name}
            role="columnheader"
            title={problem ?? `${name} ${type}`}
            className={`relative flex min-w-0 flex-col border-l ${isNumeric(type) ? "items-end" : "items-start"}`}
          >
            <div
              className={`flex max-w-full items-center gap-1 px-2 pt-1 font-semibold ${problem ? "text-danger" : "text-text"}`}
            >
              <span className="truncate">{name}</span>
              {problem && onRemove && (
                <button
                  type="button"
                  aria-label={`Remove the column ${name}`}
                  className="rounded-sm hover:bg-hover"
                  onClick={() => onRemove(name)}
                >
                  <X size={11} />
                </button>
              )}
            </div>
            <div
              className={`max-w-full truncate px-2 pb-1 text-2xs leading-3.5 ${problem ? "text-danger" : "text-faint"}`}
            >
              {problem ? "not in the source" : type || "\u00a0"}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
