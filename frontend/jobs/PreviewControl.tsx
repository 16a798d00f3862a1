import { useMutation } from "@tanstack/react-query";
import { Play, Square } from "lucide-react";
import type { Preview } from "../api/types";
import { useEngine, useIncomingPreview, useLivePreview } from "../live/hooks";
import { stopPreview } from "../live/previews";
import { isLive } from "../live/state";
import { useResumed } from "../preview/started";
import { useAutoPreview, usePreviewOfEdits } from "../preview/useAutoPreview";
import { useStartPreview } from "../preview/useStartPreview";
import { Button } from "../ui/Button";
import { Switch } from "../ui/Switch";
import { Tooltip } from "../ui/Tooltip";
import type { Failure } from "./RunControls";

/** Starts a preview; while one runs, stops it. Edits may start one by themselves. */
export function PreviewControl({
  pipeline,
  beforeRun,
  onFailure,
}: {
  pipeline: string;
  beforeRun: () => Promise<void>;
  onFailure: (failure: Failure | null) => void;
}) {
  const shown = useLivePreview(pipeline);
  useResumed(shown);
  const incoming = useIncomingPreview(pipeline);
  const running = [shown, incoming].filter(
    (preview) => preview !== null && isLive(preview),
  );
  const start = useStartPreview(pipeline, beforeRun);
  const run = () => {
    onFailure(null);
    start.mutate(undefined, {
      onError: (error) =>
        onFailure({ title: "The preview did not start", error }),
    });
  };
  const { isPending } = start;
  usePreviewOfEdits(pipeline, { isPending, start: run });
  return (
    <>
      <AutoSwitch />
      {running.length > 0 ? (
        <StopButton previews={running} onFailure={onFailure} />
      ) : (
        <StartButton busy={isPending} onClick={run} />
      )}
    </>
  );
}

function AutoSwitch() {
  const { on, turn } = useAutoPreview();
  return (
    <Switch
      checked={on}
      onChange={turn}
      data-testid="auto-preview"
      title="Starts a new preview by itself after each edit without errors"
    >
      Auto
      <span className="sr-only">-preview</span>
    </Switch>
  );
}

function StopButton({
  previews,
  onFailure,
}: {
  previews: readonly (Preview | null)[];
  onFailure: (failure: Failure | null) => void;
}) {
  const stop = useMutation({
    mutationFn: () =>
      Promise.all(
        previews.map((preview) => preview && stopPreview(preview.id)),
      ),
    onMutate: () => onFailure(null),
    onError: (error) => onFailure({ title: "The preview did not stop", error }),
  });
  return (
    <Button
      data-testid="stop-preview"
      icon={<Square size={12} fill="currentColor" />}
      busy={stop.isPending}
      onClick={() => stop.mutate()}
    >
      Stop preview
    </Button>
  );
}

function StartButton({
  busy,
  onClick,
}: {
  busy: boolean;
  onClick: () => void;
}) {
  const ready = useEngine().state === "ready";
  return (
    <Tooltip
      label={
        ready
          ? "Runs every node and shows its rows; writes to no sink"
          : "Flink is not ready yet"
      }
    >
      <Button
        data-testid="run-preview"
        icon={<Play size={12} fill="currentColor" />}
        busy={busy}
        disabled={!ready}
        onClick={onClick}
      >
        Preview
      </Button>
    </Tooltip>
  );
}
