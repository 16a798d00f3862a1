import type { JsonObject } from "../document/document";
import { quoteName } from "../document/sqlWords";
import { Button } from "../ui/Button";
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
import { useScope } from "./NodeScope";
import { SqlInput } from "./SqlInput";

/** Expressions with the names of the columns they make. */
export function NamedExpressionsInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const rows = rowsOf(value);
  const { columns } = useScope();
  const missing = columns.filter(
    ({ name }) => !rows.some((row) => row["name"] === name),
  );
  const set = (index: number, part: JsonObject, burst: string) =>
    onChange(replaced(rows, index, { ...rows[index], ...part }), burst);
  return (
    <ListRows
      items={rows}
      onChange={(next) => onChange(listOrNothing(next))}
      add={() => ({ name: "", expression: "" })}
      addLabel="Add expression"
      itemLabel={field.title}
      extra={
        missing.length > 0 && (
          <Button
            size="sm"
            variant="ghost"
            title="One row for each input column that is not there yet"
            onClick={() =>
              onChange([
                ...rows,
                ...missing.map(({ name }) => ({
                  name,
                  expression: quoteName(name),
                })),
              ])
            }
          >
            Add input columns
          </Button>
        )
      }
    >
      {(row, index) => {
        const path = `${field.path}.${index}`;
        return (
          <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-start gap-1">
            <DraftInput
              label={`Name ${index + 1}`}
              path={`${path}.name`}
              mono
              placeholder="name"
              value={textOf(row["name"])}
              invalid={at(diagnostics, `${path}.name`).length > 0}
              onCommit={(name, burst) => set(index, { name }, burst)}
            />
            <SqlInput
              label={`Expression ${index + 1}`}
              path={`${path}.expression`}
              shape="expression"
              placeholder={field.placeholder ?? "expression"}
              value={textOf(row["expression"])}
              diagnostics={at(diagnostics, `${path}.expression`)}
              onCommit={(expression, burst) =>
                set(index, { expression }, burst)
              }
            />
          </div>
        );
      }}
    </ListRows>
  );
}
