import { DraftInput } from "./DraftInput";
import {
  at,
  type FieldProps,
  listOrNothing,
  replaced,
  textsOf,
} from "./fieldProps";
import { ListRows } from "./ListRows";

/** SQL hints, one a row: NAME(arguments). */
export function HintListInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const hints = textsOf(value);
  return (
    <ListRows
      items={hints}
      onChange={(next) => onChange(listOrNothing(next))}
      add={() => ""}
      addLabel="Add hint"
      itemLabel="Hint"
    >
      {(hint, index) => {
        const path = `${field.path}.${index}`;
        return (
          <DraftInput
            label={`Hint ${index + 1}`}
            path={path}
            mono
            value={hint}
            placeholder={field.placeholder ?? "NAME(arguments)"}
            invalid={at(diagnostics, path).length > 0}
            onCommit={(text, burst) =>
              onChange(replaced(hints, index, text), burst)
            }
          />
        );
      }}
    </ListRows>
  );
}
