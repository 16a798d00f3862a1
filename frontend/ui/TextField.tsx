import { type ComponentProps, useId } from "react";
import { Field, type FieldProps, inputClass, noteId } from "./Field";

interface Props
  extends Omit<ComponentProps<"input">, "onChange" | "required">, FieldProps {
  value: string;
  onChange: (value: string) => void;
  mono?: boolean;
}

export function TextField({
  label,
  hideLabel = false,
  help,
  error,
  required = false,
  mono = false,
  onChange,
  className = "",
  ...rest
}: Props) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Field {...{ id, label, hideLabel, help, error, required }}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        aria-required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || help ? noteId(id) : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputClass} h-7.5 ${mono ? "font-mono text-xs" : ""} ${className}`}
      />
    </Field>
  );
}
