import type { ReactNode } from "react";

export const inputClass =
  "w-full rounded-md border border-control bg-surface px-2 text-sm text-text placeholder:text-faint disabled:opacity-60 aria-invalid:border-danger";

export interface FieldProps {
  label: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  help?: ReactNode;
  /** What is wrong with the value; shown in place of the help. */
  error?: ReactNode;
  required?: boolean;
}

/** Label above, help or error below a control with the given id. */
export function Field({
  id,
  label,
  hideLabel = false,
  help,
  error,
  required = false,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label
        htmlFor={id}
        className={hideLabel ? "sr-only" : "text-xs font-medium text-muted"}
      >
        {label}
        {required && (
          <span className="text-danger" aria-hidden="true">
            {" "}
            *
          </span>
        )}
      </label>
      {children}
      <FieldNote id={noteId(id)} help={help} error={error} />
    </div>
  );
}

/** The id of the note under the control, for its aria-describedby. */
export function noteId(id: string): string {
  return `${id}-note`;
}

function FieldNote({
  id,
  help,
  error,
}: {
  id: string;
  help: ReactNode;
  error: ReactNode;
}) {
  if (!error && !help) return null;
  return (
    <p
      id={id}
      role={error ? "alert" : undefined}
      className={`text-xs ${error ? "text-danger" : "text-faint"}`}
    >
      {error || help}
    </p>
  );
}
