import { X } from "lucide-react";
import { IconButton } from "../ui/IconButton";
import type { Column } from "./cells";
import { type Filter, isFilter, noFilter } from "./filter";

const control =
  "h-6 rounded-md border border-control bg-surface px-1.5 text-xs text-text placeholder:text-faint";

/** Which rows are shown: a text in any column, or the whole value of one. */
export function FilterField({
  filter,
  onFilter,
  columns,
}: {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  columns: readonly Column[];
}) {
  const { column, text } = filter;
  return (
    <div className="flex min-w-0 items-center gap-1">
      <select
        aria-label="Where to look"
        value={column ?? ""}
        onChange={({ target }) =>
          onFilter({
            text,
            column: target.value === "" ? null : Number(target.value),
          })
        }
        className={`${control} max-w-36`}
      >
        <option value="">Any column has</option>
        {columns.map(({ name }, at) => (
          <option key={name} value={at}>
            {name} =
          </option>
        ))}
      </select>
      <input
        aria-label="Filter the rows"
        data-testid="rows-filter"
        placeholder={column === null ? "Filter" : "value or NULL"}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => onFilter({ column, text: target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !isFilter(filter)) return;
          onFilter(noFilter);
          event.stopPropagation();
        }}
        className={`${control} w-32 min-w-16`}
      />
      {isFilter(filter) && (
        <IconButton
          size="sm"
          aria-label="Show all rows"
          onClick={() => onFilter(noFilter)}
        >
          <X size={13} />
        </IconButton>
      )}
    </div>
  );
}
