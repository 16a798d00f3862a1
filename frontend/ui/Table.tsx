import type { ReactNode } from "react";

/** A plain dense table; `right` names the columns of numbers. The children are its rows, <tr>. */
export function Table({
  label,
  head,
  right = [],
  children,
}: {
  label: string;
  head: readonly string[];
  right?: readonly number[];
  children: ReactNode;
}) {
  return (
    <table
      aria-label={label}
      className="w-full text-left text-sm [&_td]:border-b [&_td]:px-2 [&_td]:py-1.5 [&_td]:align-baseline [&_tr:last-child>td]:border-b-0"
    >
      <thead>
        <tr className="text-2xs text-faint">
          {head.map((title, index) => (
            <th
              key={title}
              scope="col"
              className={`border-b border-strong px-2 py-1 font-medium ${right.includes(index) ? "text-right" : ""}`}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
