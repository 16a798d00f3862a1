import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import type { Diagnostic } from "../api/types";

/** A field's title, its control, what is wrong with it, and its help. The control names itself (aria-label). */
export function FieldFrame({
  path,
  title,
  required,
  help,
  diagnostics,
  children,
}: {
  path: string;
  title: string;
  required: boolean;
  help: string;
  diagnostics: readonly Diagnostic[];
  children: ReactNode;
}) {
  return (
    <div
      data-testid={`field-${path}`}
      className="flex min-w-0 scroll-mt-4 flex-col gap-1"
    >
      <span
        className="text-xs font-medium text-muted"
        onClick={focusControl}
        aria-hidden="true"
      >
        {title}
        {required && (
          <span className="text-danger" title="Required">
            {" *"}
          </span>
        )}
      </span>
      {children}
      <DiagnosticList diagnostics={diagnostics} />
      {help && diagnostics.length === 0 && (
        <p className="text-xs text-faint">{help}</p>
      )}
    </div>
  );
}

function focusControl(event: MouseEvent): void {
  const control = event.currentTarget.parentElement?.querySelector<HTMLElement>(
    "input, button, textarea, [contenteditable=true]",
  );
  control?.focus();
}

const tones = {
  error: { colour: "text-danger", Icon: CircleAlert },
  warning: { colour: "text-warn", Icon: TriangleAlert },
  info: { colour: "text-muted", Icon: Info },
} as const;

export function DiagnosticList({
  diagnostics,
}: {
  diagnostics: readonly Diagnostic[];
}) {
  if (diagnostics.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {diagnostics.map(({ severity, summary, detail, code }, index) => {
        const { colour, Icon } = tones[severity];
        return (
          <li
            key={`${code} ${index}`}
            data-severity={severity}
            className="flex gap-1.5 text-xs"
          >
            <Icon
              size={13}
              aria-label={severity}
              className={`mt-0.5 shrink-0 ${colour}`}
            />
            <span className="wrap-anywhere">
              <span className={`font-medium ${colour}`}>{summary}.</span>{" "}
              <span className="text-muted">{detail}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
