import { useState } from "react";
import type { Row } from "../api/types";
import { cellText, rowKinds, shortText } from "../preview/cells";
import { Button } from "../ui/Button";
import { plural } from "../ui/format";

export interface ShownRow {
  key: string | number;
  kind: Row["kind"];
  values: readonly unknown[];
}

const few = 4;

/** A handful of rows with all their values; the rest of them when asked for. */
export function RowsTable({
  label,
  columns,
  rows,
  onRow,
  rowTitle = "",
}: {
  label: string;
  columns: readonly string[];
  rows: readonly ShownRow[];
  /** Makes a button of each row's number. */
  onRow?: ((row: ShownRow) => void) | undefined;
  rowTitle?: string;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, few);
  const kinds = rows.some(({ kind }) => kind !== "+I");
  return (
    <div className="flex flex-col items-start gap-1">
      <div
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-60 max-w-full overflow-auto rounded-md border"
      >
        <table className="border-collapse font-mono text-2xs">
          <thead className="sticky top-0 bg-sunken text-left">
            <tr>
              {onRow && <HeadCell>row</HeadCell>}
              {kinds && <HeadCell>kind</HeadCell>}
              {columns.map((name) => (
                <HeadCell key={name}>{name}</HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.key} className="border-t">
                {onRow && (
                  <td className="px-1.5 text-right">
                    <button
                      type="button"
                      title={rowTitle}
                      aria-label={`${rowTitle} ${row.key}`}
                      className="text-accent hover:underline"
                      onClick={() => onRow(row)}
                    >
                      {row.key}
                    </button>
                  </td>
                )}
                {kinds && (
                  <td
                    title={rowKinds[row.kind].title}
                    className={`px-1.5 ${rowKinds[row.kind].kindClass}`}
                  >
                    {row.kind}
                  </td>
                )}
                {columns.map((name, at) => (
                  <ValueCell key={name} value={row.values[at]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > few && (
        <Button size="sm" variant="ghost" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${plural(rows.length, "row")}`}
        </Button>
      )}
    </div>
  );
}

function HeadCell({ children }: { children: string }) {
  return (
    <th
      scope="col"
      className="px-1.5 py-0.5 font-normal whitespace-nowrap text-muted"
    >
      {children}
    </th>
  );
}

function ValueCell({ value }: { value: unknown }) {
  const text = cellText(value);
  return (
    <td className="max-w-60 truncate px-1.5 py-0.5 whitespace-pre">
      {text === null ? (
        <span className="text-faint italic">NULL</span>
      ) : (
        shortText(text)
      )}
    </td>
  );
}
