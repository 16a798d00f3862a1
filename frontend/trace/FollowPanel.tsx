import { RotateCw, X } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";
import { NodeLink } from "../canvas/NodeLink";
import { useDocument } from "../document/store";
import { sameRows } from "../preview/logic";
import { Button } from "../ui/Button";
import { count } from "../ui/format";
import { IconButton } from "../ui/IconButton";
import { ProblemNote } from "../ui/ProblemNote";
import { Spinner } from "../ui/Spinner";
import { endFollowing, follow, type Following } from "./following";
import { PathStep } from "./PathStep";

/** Where the followed row came from and where it went, node by node. Escape ends it. */
export function FollowPanel({ following }: { following: Following }) {
  const { node, number, error, trace, document, path, wanted } = following;
  const now = useDocument((state) => state.document);
  const changed = document !== null && !sameRows(document, now);
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusWhile(heading, following.wanted);
  return (
    <aside
      aria-label="The way of the row"
      data-testid="follow-panel"
      className="absolute inset-0 z-10 flex min-h-0 flex-col border-l bg-surface @2xl:static @2xl:w-[48%] @2xl:shrink-0"
    >
      <header className="flex min-h-8 shrink-0 items-center gap-2 border-b py-0.5 pr-1 pl-3 text-xs">
        <h3
          ref={heading}
          tabIndex={-1}
          className="flex min-w-0 flex-1 items-baseline gap-1 font-semibold outline-none"
        >
          <span className="shrink-0">Row {count(number)} of</span>
          <NodeLink node={node} />
        </h3>
        {changed && (
          <Button
            size="sm"
            icon={<RotateCw size={12} />}
            title="The pipeline was changed since"
            onClick={() => void follow(node, wanted, number)}
          >
            Follow again
          </Button>
        )}
        <IconButton
          size="sm"
          aria-label="End following (Escape)"
          data-testid="end-following"
          onClick={endFollowing}
        >
          <X size={13} />
        </IconButton>
      </header>
      <div
        tabIndex={0}
        role="region"
        aria-label="Path"
        aria-busy={!trace && !error}
        className="min-h-0 flex-1 overflow-y-auto px-3 py-2 focus-visible:-outline-offset-2"
      >
        <ProblemNote error={error} title="The row could not be followed" />
        {!trace && !error && (
          <p role="status" className="flex items-center gap-2 text-muted">
            <Spinner size={14} />
            The pipeline runs on its samples
          </p>
        )}
        {trace && document && !path && (
          <p role="status" className="text-muted">
            A run on the samples does not make this row: the pipeline was
            changed since, or it gives other rows each time. Preview again, and
            choose the row anew.
          </p>
        )}
        {trace && document && path && (
          <ol aria-label="Way of the row" className="flex flex-col">
            {path.steps.map((step) => (
              <PathStep
                key={step.node}
                document={document}
                trace={trace}
                path={path}
                step={step}
              />
            ))}
          </ol>
        )}
      </div>
    </aside>
  );
}

/** Takes the focus for each new row, and gives it back at the end. */
function useFocusWhile(
  target: RefObject<HTMLElement | null>,
  key: unknown,
): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const kept = before instanceof HTMLElement && before.isConnected;
        // The menu that it began in is gone: its grid is next to it.
        const grid = document.querySelector<HTMLElement>(".rows-grid");
        (kept && before !== document.body ? before : grid)?.focus();
      });
    };
  }, []);
  useEffect(() => {
    // A menu that closes gives the focus to the grid first.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => target.current?.focus()),
    );
    return () => cancelAnimationFrame(frame);
  }, [target, key]);
}
