import { NO_DIAGNOSTICS } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import { count } from "../ui/format";
import type { GridProblems } from "./DataGrid";

/** What is to be said about the whole sample. */
export function SampleNotes({
  id,
  problems,
  live,
}: {
  id: string;
  problems: GridProblems;
  /** The rows are kept but not used. */
  live: boolean;
}) {
  const diagnostics = useAnalysis().byNode.get(id) ?? NO_DIAGNOSTICS;
  const whole = diagnostics.filter(
    ({ field }) =>
      (field === `samples.${id}` || field.startsWith(`samples.${id}.`)) &&
      !/\.rows\.\d+/.test(field),
  );
  const rows = [...problems.keys()].filter((key) => /^\d+$/.test(key));
  const first = Math.min(...rows.map(Number));
  if (whole.length === 0 && rows.length === 0 && !live) return null;
  return (
    <ul className="max-h-20 shrink-0 overflow-y-auto border-b px-3 py-1 text-xs">
      {live && (
        <li className="text-muted">
          Previews read the source itself: these rows are kept for later.
        </li>
      )}
      {rows.length > 0 && (
        <li className="text-danger" data-testid="sample-problem">
          {rows.length === 1 ? "1 row does" : `${count(rows.length)} rows do`}{" "}
          not fit the source. Row {count(first + 1)}:{" "}
          {problems.get(String(first))}
        </li>
      )}
      {whole.map(({ code, field, detail }) => (
        <li key={`${code} ${field}`} className="text-warn">
          {detail}
        </li>
      ))}
    </ul>
  );
}
