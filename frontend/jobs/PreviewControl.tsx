import { useMutation } from "@tanstack/react-query";
import { Play, Square } from "lucide-react";
import { useEngine, useLivePreview } from "../live/hooks";
import { stopPreview } from "../live/previews";
import { isLive } from "../live/state";
import { useStartPreview } from "../preview/useStartPreview";
import { Button } from "../ui/Button";
import { Tooltip } from "../ui/Tooltip";
import type { Failure } from "./RunControls";

/** Starts a preview; while one runs, stops it. */
export function PreviewControl({
  pipeline,
  beforeRun,
  onFailure,
}: {
  pipeline: string;
  beforeRun: () => Promise<void>;
  onFailure: (failure: Failure | null) => void;
}) {
  const preview = useLivePreview(pipeline);
  const ready = useEngine().state === "ready";
  const start = useStartPreview(pipeline, beforeRun);
  const run = () => {
    onFailure(null);
    start.mutate(undefined, {
      onError: (error) =>
        onFailure({ title: "The preview did not start", error }),
    });
  };
  const stop = useMutation({
    mutationFn: stopPreview,
    onMutate: () => onFailure(null),
    onError: (error) => onFailure({ title: "The preview did not stop", error }),
  });
  if (preview && isLive(preview))
    return (
      <Button
        data-testid="stop-preview"
        icon={<Square size={12} fill="currentColor" />}
        busy={stop.isPending}
        onClick={() => stop.mutate(preview.id)}
      >
        Stop preview
      </Button>
    );
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
        busy={start.isPending}
        disabled={!ready}
        onClick={run}
      >
        Preview
      </Button>
    </Tooltip>
  );
}
