import type { Preview } from "../api/types";
import { Badge, type Tone } from "../ui/Badge";

const looks: Record<Preview["state"], { tone: Tone; text: string }> = {
  starting: { tone: "accent", text: "Starting" },
  running: { tone: "ok", text: "Running" },
  finished: { tone: "neutral", text: "Finished" },
  failed: { tone: "danger", text: "Failed" },
  stopped: { tone: "neutral", text: "Stopped" },
};

export function PreviewState({ preview }: { preview: Preview }) {
  const { tone, text } = looks[preview.state];
  return (
    <Badge tone={tone} dot data-state={preview.state}>
      {text}
    </Badge>
  );
}
