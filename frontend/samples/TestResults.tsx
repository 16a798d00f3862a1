import type { Outcome, TestResult } from "../api/types";
import { Badge } from "../ui/Badge";
import { Spinner } from "../ui/Spinner";
import { RowDifference } from "./RowDifference";
import { useTestState } from "./results";

/** What the last run of a test came to. */
export function TestResults({
  pipeline,
  id,
}: {
  pipeline: string;
  id: string;
}) {
  const { running, results, stale } = useTestState(pipeline, id);
  return (
    <div
      role="status"
      data-testid="test-results"
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3 text-sm"
    >
      {running && (
        <p className="flex items-center gap-2 text-muted">
          <Spinner size={14} /> The test runs on its samples, to the end.
        </p>
      )}
      {!running && results.length === 0 && (
        <p className="text-muted">Not run since the page was opened.</p>
      )}
      {stale && !running && (
        <p className="text-warn">
          Test or pipeline were changed since: run it again.
        </p>
      )}
      {results.map((result) => (
        <Result key={result.mode} result={result} />
      ))}
    </div>
  );
}

function Result({ result }: { result: TestResult }) {
  const { mode, passed, seconds, message, diagnostics, expectations } = result;
  return (
    <section aria-label={`In ${mode} mode`} className="flex flex-col gap-2">
      <h3 className="flex items-center gap-2 text-xs font-medium">
        <Verdict passed={passed} />
        {mode}
        <span className="font-normal text-muted tabular-nums">
          {seconds.toFixed(1)} s
        </span>
      </h3>
      {message && (
        <p className="wrap-anywhere whitespace-pre-wrap text-danger">
          {message}
        </p>
      )}
      {diagnostics.length > 1 && (
        <ul className="list-disc pl-4 text-xs text-danger">
          {diagnostics.map(({ field, code, detail }, index) => (
            <li key={`${field} ${code} ${index}`}>{detail}</li>
          ))}
        </ul>
      )}
      {expectations.map((outcome) => (
        <OutcomeOf key={outcome.node} outcome={outcome} />
      ))}
    </section>
  );
}

function OutcomeOf({ outcome }: { outcome: Outcome }) {
  return (
    <div
      data-testid={`outcome-${outcome.name}`}
      className="flex flex-col gap-1"
    >
      <p className="flex flex-wrap items-center gap-2 text-xs">
        <Verdict passed={outcome.passed} />
        <span className="font-mono">{outcome.name}</span>
        {outcome.message && <span>{outcome.message}</span>}
      </p>
      <RowDifference outcome={outcome} />
    </div>
  );
}

function Verdict({ passed }: { passed: boolean }) {
  return (
    <Badge tone={passed ? "ok" : "danger"}>
      {passed ? "passed" : "failed"}
    </Badge>
  );
}
