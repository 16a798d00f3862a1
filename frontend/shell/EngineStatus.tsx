import { useState } from "react";
import type { Engine } from "../api/types";
import { useEngine } from "../live/hooks";
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
        className="rounded-full"
        data-testid="engine-status"
        data-state={engine.state}
        onClick={() => setOpen(true)}
      >
        <Badge tone={tones[engine.state]} dot={engine.state !== "starting"}>
          {engine.state === "starting" && (
            <Spinner label="Starting" size={10} />
          )}
          {engineText(engine)}
        </Badge>
      </button>
      <EngineDialog engine={engine} open={open} onOpenChange={setOpen} />
    </>
  );
}

/** The engine in a few words: "Flink starting… 6 s". */
export function engineText(engine: Engine): string {
  switch (engine.state) {
    case "starting":
      return `Flink ${engine.phase === "restarting" ? "restarting" : "starting"}… ${Math.floor(engine.seconds)} s`;
    case "ready":
      return `Flink ${engine.version} ready`;
    case "down":
      return "Flink is down";
  }
}
