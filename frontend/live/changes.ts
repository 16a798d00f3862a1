/** What happened to a saved pipeline. "missed": the connection was down, so ask the server what it is now. */
type PipelineChange =
  | { type: "changed"; revision: number; client: string }
  | { type: "deleted" }
  | { type: "missed" };

type Listener = (change: PipelineChange) => void;

const listeners = new Map<string, Set<Listener>>();

/** Names this tab in edits, so that it knows its own when the server tells of them. */
export const clientId = Array.from(
  crypto.getRandomValues(new Uint8Array(8)),
  (byte) => byte.toString(16).padStart(2, "0"),
).join("");

/** Calls back whenever the pipeline is changed, by this tab (client = clientId) or another; the answer ends it. */
export function onPipelineChanged(id: string, listener: Listener): () => void {
  const all = listeners.get(id) ?? new Set();
  listeners.set(id, all.add(listener));
  return () => {
    all.delete(listener);
  };
}

export function announce(
  message:
    | { type: "pipeline"; id: string; revision: number; client: string }
    | { type: "pipelineDeleted"; id: string },
): void {
  const change: PipelineChange =
    message.type === "pipeline"
      ? { type: "changed", revision: message.revision, client: message.client }
      : { type: "deleted" };
  for (const listener of listeners.get(message.id) ?? []) listener(change);
}

export function announceMissed(): void {
  for (const all of listeners.values())
    for (const listener of all) listener({ type: "missed" });
}
