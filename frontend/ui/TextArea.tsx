import { type ComponentProps, useId } from "react";
import { Field, type FieldProps, inputClass, noteId } from "./Field";

interface Props
  extends
    Omit<ComponentProps<"textarea">, "onChange" | "required">,
    FieldProps {
  value: string;
  onChange: (value: string) => void;
  mono?: boolean;
}

export function TextArea({
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
      <textarea
        rows={4}
        spellCheck={false}
        {...rest}
        id={id}
        aria-required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || help ? noteId(id) : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputClass} py-1.5 ${mono ? "font-mono text-xs leading-5" : ""} ${className}`}
      />
    </Field>
  );
}
