import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useDocument } from "../document/store";
import { Spinner } from "../ui/Spinner";
import { chooseTest } from "./chosen";
import { type TestState, useTestState } from "./results";
import { testOf } from "./test";

/** One test of the list, with what its last run came to. */
export function TestLine({
  pipeline,
  id,
  chosen,
}: {
  pipeline: string;
  id: string;
  chosen: boolean;
}) {
  const name = useDocument(({ document }) => testOf(document, id)?.name ?? "");
  const state = useTestState(pipeline, id);
  const seconds = Math.max(0, ...state.results.map((r) => r.seconds));
  return (
    <li>
      <button
        type="button"
        aria-current={chosen}
        className="flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-hover aria-current:bg-selected"
        onClick={() => chooseTest(pipeline, id)}
      >
        <Sign state={state} />
        <span className="min-w-0 flex-1 truncate">{name || id}</span>
        {state.results.length > 0 && !state.running && (
          <span className="text-2xs text-muted tabular-nums">
            {seconds.toFixed(1)} s
          </span>
        )}
      </button>
    </li>
  );
}

function Sign({ state: { running, results, stale } }: { state: TestState }) {
  if (running) return <Spinner label="Running" size={14} />;
  if (results.length === 0)
    return (
      <CircleDashed size={14} aria-label="Not run" className="text-faint" />
    );
  const faded = stale ? "opacity-50" : "";
  return results.every(({ passed }) => passed) ? (
    <CircleCheck
      size={14}
      aria-label={stale ? "Passed before the last change" : "Passed"}
      className={`text-ok ${faded}`}
    />
  ) : (
    <CircleX
      size={14}
      aria-label={stale ? "Failed before the last change" : "Failed"}
      className={`text-danger ${faded}`}
    />
  );
}
