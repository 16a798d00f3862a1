import { FunctionSquare } from "lucide-react";
import type { JsonObject } from "../document/document";
import { IconButton } from "../ui/IconButton";
import { DraftInput } from "./DraftInput";
import {
  type FieldProps,
  at,
  listOrNothing,
  replaced,
  rowsOf,
  textOf,
} from "./fieldProps";
import { ListRows } from "./ListRows";
import { SqlInput } from "./SqlInput";
import { SuggestInput } from "./SuggestInput";
import { TakeColumns } from "./TakeColumns";
import { TYPE_SUGGESTIONS } from "./simpleFields";

/** A table's columns: a name and a Flink type, or a name and the expression that computes it. */
export function TableColumnsInput({
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
      add={() => ({ name: "", type: "STRING" })}
      addLabel="Add column"
      itemLabel="Column"
      extra={<TakeColumns onTake={onChange} />}
    >
      {(row, index) => (
        <ColumnRow
          row={row}
          number={index + 1}
          diagnostics={at(diagnostics, `${field.path}.${index}`)}
          path={`${field.path}.${index}`}
          onChange={(next, burst) =>
            onChange(replaced(rows, index, next), burst)
          }
        />
      )}
    </ListRows>
  );
}

function ColumnRow({
  row,
  number,
  path,
  diagnostics,
  onChange,
}: {
  row: JsonObject;
  number: number;
  path: string;
  diagnostics: FieldProps["diagnostics"];
  onChange: (row: JsonObject, burst?: string) => void;
}) {
  const name = textOf(row["name"]);
  const computed = row["expression"] !== undefined;
  const toggle = () =>
    onChange(computed ? { name, type: "STRING" } : { name, expression: "" });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-start gap-1">
      <DraftInput
        label={`Column ${number} name`}
        path={`${path}.name`}
        mono
        placeholder="name"
        value={name}
        invalid={at(diagnostics, `${path}.name`).length > 0}
        onCommit={(next, burst) => onChange({ ...row, name: next }, burst)}
      />
      {computed ? (
        <SqlInput
          label={`Column ${number} expression`}
          path={`${path}.expression`}
          shape="expression"
          placeholder="expression"
          value={textOf(row["expression"])}
          diagnostics={diagnostics}
          onCommit={(expression, burst) =>
            onChange({ ...row, expression }, burst)
          }
        />
      ) : (
        <SuggestInput
          label={`Column ${number} type`}
          path={`${path}.type`}
          value={textOf(row["type"])}
          suggestions={TYPE_SUGGESTIONS}
          placeholder="type"
          invalid={at(diagnostics, `${path}.type`).length > 0}
          onCommit={(type, burst) => onChange({ ...row, type }, burst)}
        />
      )}
      <IconButton
        aria-label={computed ? "Make it a plain column" : "Make it computed"}
        aria-pressed={computed}
        size="sm"
        className={`mt-0.5 ${computed ? "text-accent!" : "text-faint!"}`}
        onClick={toggle}
      >
        <FunctionSquare size={14} />
      </IconButton>
    </div>
  );
}
