import { Select } from "../ui/Select";
import { COMMON_TYPES } from "../document/sqlWords";
import { DraftInput } from "./DraftInput";
import { type FieldProps, orNothing, textOf } from "./fieldProps";
import { useScope } from "./NodeScope";
import { SqlInput } from "./SqlInput";
import { SuggestInput } from "./SuggestInput";

export const TYPE_SUGGESTIONS = COMMON_TYPES.map((value) => ({ value }));

function isInvalid({ diagnostics }: FieldProps): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

export function TextInput(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <DraftInput
      label={field.title}
      path={field.path}
      value={textOf(value)}
      placeholder={field.placeholder}
      invalid={isInvalid(props)}
      onCommit={(text, burst) => onChange(orNothing(text), burst)}
    />
  );
}

export function ExpressionInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  return (
    <SqlInput
      label={field.title}
      path={field.path}
      shape={field.type === "sql" ? "query" : "expression"}
      value={textOf(value)}
      placeholder={field.placeholder}
      diagnostics={diagnostics}
      onCommit={(text, burst) => onChange(orNothing(text), burst)}
    />
  );
}

export function EnumInput({ field, value, onChange }: FieldProps) {
  return (
    <Select
      label={field.title}
      hideLabel
      value={textOf(value)}
      options={field.values ?? []}
      onChange={(next) => onChange(orNothing(next))}
    />
  );
}

export function BooleanInput({ field, value, onChange }: FieldProps) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <input
        type="checkbox"
        className="size-3.5 accent-(--accent)"
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
      {field.placeholder ?? field.title}
    </label>
  );
}

export function ColumnInput(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <SuggestInput
      label={field.title}
      path={field.path}
      value={textOf(value)}
      suggestions={useColumnSuggestions()}
      placeholder={field.placeholder ?? "Choose a column"}
      invalid={isInvalid(props)}
      onCommit={(text, burst) => onChange(orNothing(text), burst)}
    />
  );
}

export function useColumnSuggestions() {
  return useScope().columns.map(({ name, type }) => ({
    value: name,
    detail: type,
  }));
}
