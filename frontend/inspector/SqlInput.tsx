import { useMemo } from "react";
import type { Diagnostic } from "../api/types";
import type { Vocabulary } from "../sql/completion";
import { LazyCodeEditor } from "../sql/LazyCodeEditor";
import type { Mark } from "../sql/marks";
import { unitOffset } from "../sql/offsets";
import { useScope } from "./NodeScope";
import { RowValues } from "./RowValues";
import { useDraft } from "./useDraft";

/** SQL that is committed while it is typed, with its mistakes underlined. */
export function SqlInput({
  label,
  path,
  shape,
  value,
  onCommit,
  diagnostics,
  placeholder,
}: {
  label: string;
  path?: string | undefined;
  shape: "expression" | "query";
  value: string;
  onCommit: (text: string, burst: string) => void;
  diagnostics: readonly Diagnostic[];
  placeholder?: string | undefined;
}) {
  const draft = useDraft(value, onCommit);
  const { vocabulary } = useScope();
  const words = useMemo<Vocabulary>(
    () => ({ ...vocabulary, query: shape === "query" }),
    [vocabulary, shape],
  );
  // While typing the spans are of an older text, so nothing is underlined.
  const settled = draft.text === value;
  const marks = useMemo(
    () => (settled ? marksOf(value, diagnostics) : []),
    [settled, value, diagnostics],
  );
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <LazyCodeEditor
        label={label}
        path={path}
        shape={shape}
        value={draft.text}
        marks={marks}
        invalid={diagnostics.some(({ severity }) => severity === "error")}
        placeholder={placeholder}
        vocabulary={words}
        onChange={draft.onChange}
        onFocus={draft.onFocus}
        onBlur={draft.onBlur}
      />
      {shape === "expression" && <RowValues label={label} expression={value} />}
    </div>
  );
}

function marksOf(text: string, diagnostics: readonly Diagnostic[]): Mark[] {
  return diagnostics.flatMap(({ span, severity, summary }) => {
    if (!span) return [];
    const from = unitOffset(text, span.start);
    const to = unitOffset(text, span.end);
    // An empty span (something is missing here) is drawn at the character before.
    const start = from === to ? Math.max(0, from - 1) : from;
    const end = from === to ? Math.max(start + 1, to) : to;
    return [
      { from: start, to: end, className: `mark-${severity}`, title: summary },
    ];
  });
}
