import { useState } from "react";
import type { Engine } from "../api/types";
import { useEngine, useEngineSeconds } from "../live/hooks";
import { Badge, type Tone } from "../ui/Badge";
import { Spinner } from "../ui/Spinner";
import { EngineDialog } from "./EngineDialog";

const tones: Record<Engine["state"], Tone> = {
  starting: "accent",
  ready: "ok",
  down: "danger",
};

/** Flink's state in the header; a click tells more. */
export function EngineStatus() {
  const engine = useEngine();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="flex items-center gap-2 rounded-full"
        data-testid="engine-status"
        data-state={engine.state}
        onClick={() => setOpen(true)}
      >
        {engine.state === "starting" && (
          <span className="text-xs text-muted">{engine.message}</span>
        )}
        <Badge tone={tones[engine.state]} dot={engine.state !== "starting"}>
          {engine.state === "starting" ? (
            <Starting phase={engine.phase} />
          ) : (
            settled(engine)
          )}
        </Badge>
      </button>
      <EngineDialog engine={engine} open={open} onOpenChange={setOpen} />
    </>
  );
}

function Starting({ phase }: { phase: string }) {
  const seconds = Math.floor(useEngineSeconds());
  return (
    <>
      <Spinner label="Starting" size={10} />
      <span className="tabular-nums">
        Flink {phase === "restarting" ? "restarting" : "starting"}… {seconds} s
      </span>
    </>
  );
}

function settled(engine: Engine): string {
  return engine.state === "ready"
    ? `Flink ${engine.version} ready`
    : "Flink is down";
}
