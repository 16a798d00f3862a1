import { inputClass } from "../ui/Field";
import { useDraft } from "./useDraft";

/** A line of text that is committed while it is typed. */
export function DraftInput({
  label,
  path,
  value,
  onCommit,
  placeholder,
  invalid = false,
  mono = false,
  type = "text",
}: {
  label: string;
  /** The config path of what is typed here, for those that look for it. */
  path?: string | undefined;
  value: string;
  onCommit: (text: string, burst: string) => void;
  placeholder?: string | undefined;
  invalid?: boolean;
  mono?: boolean;
  type?: "text" | "number";
}) {
  const draft = useDraft(value, onCommit);
  return (
    <input
      type={type}
      aria-label={label}
      data-field={path}
      aria-invalid={invalid || undefined}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      value={draft.text}
      onChange={(event) => draft.onChange(event.target.value)}
      onFocus={draft.onFocus}
      onBlur={draft.onBlur}
      className={`${inputClass} h-7.5 ${mono ? "font-mono text-xs!" : ""}`}
    />
  );
}
