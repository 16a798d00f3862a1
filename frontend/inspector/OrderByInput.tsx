import { ArrowDownWideNarrow, ArrowUpNarrowWide } from "lucide-react";
import type { JsonObject } from "../document/document";
import { Select } from "../ui/Select";
import {
  at,
  type FieldProps,
  listOrNothing,
  replaced,
  rowsOf,
  textOf,
} from "./fieldProps";
import { ListRows } from "./ListRows";
import { SqlInput } from "./SqlInput";

/** What rows are sorted by, the most important first. */
export function OrderByInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const rows = rowsOf(value);
  return (
    <ListRows
      items={rows}
      onChange={(next) => onChange(listOrNothing(next))}
      add={(): JsonObject => ({ expression: "" })}
      addLabel="Add sort key"
      itemLabel="Sort key"
    >
      {(row, index) => (
        <SortKey
          row={row}
          number={index + 1}
          path={`${field.path}.${index}`}
          placeholder={field.placeholder ?? "column or expression"}
          diagnostics={diagnostics}
          onChange={(next, burst) =>
            onChange(replaced(rows, index, next), burst)
          }
        />
      )}
    </ListRows>
  );
}

const nulls = [
  { value: "default", title: "Nulls: default" },
  { value: "first", title: "Nulls first" },
  { value: "last", title: "Nulls last" },
];

function SortKey({
  row,
  number,
  path,
  placeholder,
  diagnostics,
  onChange,
}: {
  row: JsonObject;
  number: number;
  path: string;
  placeholder: string;
  diagnostics: FieldProps["diagnostics"];
  onChange: (row: JsonObject, burst?: string) => void;
}) {
  const { nulls: _, ...withoutNulls } = row;
  return (
    <div className="flex flex-col gap-1 pb-1">
      <SqlInput
        label={`Sort key ${number} expression`}
        path={`${path}.expression`}
        shape="expression"
        placeholder={placeholder}
        value={textOf(row["expression"])}
        diagnostics={at(diagnostics, `${path}.expression`)}
        onCommit={(expression, burst) =>
          onChange({ ...row, expression }, burst)
        }
      />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-1">
        <Direction
          number={number}
          path={`${path}.direction`}
          descending={row["direction"] === "desc"}
          onChange={(direction) => onChange({ ...row, direction })}
        />
        <div data-field={`${path}.nulls`}>
          <Select
            label={`Nulls of sort key ${number}`}
            hideLabel
            value={textOf(row["nulls"]) || "default"}
            options={nulls}
            onChange={(next) =>
              onChange(
                next === "default" ? withoutNulls : { ...row, nulls: next },
              )
            }
          />
        </div>
      </div>
    </div>
  );
}

function Direction({
  number,
  path,
  descending,
  onChange,
}: {
  number: number;
  path: string;
  descending: boolean;
  onChange: (direction: "asc" | "desc") => void;
}) {
  const Icon = descending ? ArrowDownWideNarrow : ArrowUpNarrowWide;
  const word = descending ? "Descending" : "Ascending";
  return (
    <button
      type="button"
      data-field={path}
      aria-label={`Direction of sort key ${number}: ${word.toLowerCase()}`}
      title="Press to turn the order round"
      onClick={() => onChange(descending ? "asc" : "desc")}
      className="flex h-7.5 w-28 items-center gap-1.5 rounded-md border border-control bg-surface px-2 text-sm hover:bg-hover"
    >
      <Icon size={14} aria-hidden="true" className="text-muted" />
      {word}
    </button>
  );
}
