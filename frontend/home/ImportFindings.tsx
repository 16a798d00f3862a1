import type { Diagnostic } from "../api/types";
import { Badge, type Tone } from "../ui/Badge";

const tones: Record<Diagnostic["severity"], Tone> = {
  error: "danger",
  warning: "warn",
  info: "neutral",
};

/** What the script's reader found, with the line where its place is known. */
export function ImportFindings({
  sql,
  diagnostics,
}: {
  sql: string;
  diagnostics: readonly Diagnostic[];
}) {
  if (diagnostics.length === 0) return null;
  return (
    <ul aria-label="Findings" className="flex flex-col gap-1.5">
      {diagnostics.map((d, index) => (
        <li key={`${d.code}-${index}`} className="flex gap-2">
          <Badge tone={tones[d.severity]}>{d.severity}</Badge>
          <p className="min-w-0 flex-1 wrap-anywhere">
            {d.span && (
              <span className="text-faint">
                Line {lineOf(sql, d.span.start)}:{" "}
              </span>
            )}
            <span className="font-medium">{d.summary}</span>{" "}
            <span className="text-muted">{d.detail}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The 1-based line of a byte offset in the text's UTF-8. */
export function lineOf(text: string, offset: number): number {
  const before = new TextEncoder().encode(text).subarray(0, offset);
  return before.filter((byte) => byte === 10).length + 1;
}
