import {
  type FieldProps,
  at,
  listOrNothing,
  replaced,
  textsOf,
} from "./fieldProps";
import { ListRows } from "./ListRows";
import { SqlInput } from "./SqlInput";

export function ExpressionListInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const items = textsOf(value);
  return (
    <ListRows
      items={items}
      onChange={(next) => onChange(listOrNothing(next))}
      add={() => ""}
      addLabel="Add expression"
      itemLabel={field.title}
    >
      {(item, index) => (
        <SqlInput
          label={`${field.title} ${index + 1}`}
          path={`${field.path}.${index}`}
          shape="expression"
          value={item}
          placeholder={field.placeholder ?? "expression"}
          diagnostics={at(diagnostics, `${field.path}.${index}`)}
          onCommit={(text, burst) =>
            onChange(replaced(items, index, text), burst)
          }
        />
      )}
    </ListRows>
  );
}
