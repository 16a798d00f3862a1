import type { ServerDocument } from "./state";
import type { DocumentStore } from "./store";
import type { Operation } from "./operations";

export interface SaveRequest {
  revision: number;
  label: string;
  operations: Operation[];
}

/** What became of a save, whatever carried it. */
export type SaveAnswer =
  | { kind: "saved"; revision: number }
  | ({ kind: "conflict" } & ServerDocument)
  /** The server will never take these operations. */
  | { kind: "refused"; reason: string }
  /** The pipeline or the right to change it is gone. */
  | { kind: "gone"; reason: string }
  /** Nobody knows whether it arrived; sending again is safe, since the revision guards it. */
  | { kind: "failed"; reason: string };

export interface Server {
  save: (pipeline: string, request: SaveRequest) => Promise<SaveAnswer>;
  load: (pipeline: string) => Promise<ServerDocument>;
}

const PAUSE_MS = 250;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

/** Sends pending changes in batches, one request at a time; the answer sends what is pending now, not in a moment. */
export function startAutosave(
  store: DocumentStore,
  server: Server,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let gone = "";

  const schedule = (): void => {
    const { pipeline, pending, sending } = store.api.getState();
    if (pipeline === gone) return;
    if (timer !== undefined || sending > 0 || pending.length === 0) return;
    timer = setTimeout(
      () => void send(),
      failures === 0 ? PAUSE_MS : retryAfter(failures),
    );
  };

  const send = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const { pipeline } = store.api.getState();
    const batch = store.takeBatch();
    if (!batch) return;
    const answer = await server.save(pipeline, {
      revision: batch.revision,
      label: batchLabel(batch.changes.map((change) => change.label)),
      operations: batch.changes.flatMap((change) => change.operations),
    });
    if (store.api.getState().pipeline !== pipeline) return;
    failures = answer.kind === "failed" ? failures + 1 : 0;
    if (answer.kind === "gone") gone = pipeline;
    await settle(store, server, pipeline, answer);
    schedule();
  };

  store.api.subscribe(schedule);
  schedule();
  return () => void send();
}

function retryAfter(failures: number): number {
  return RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? PAUSE_MS;
}

async function settle(
  store: DocumentStore,
  server: Server,
  pipeline: string,
  answer: SaveAnswer,
): Promise<void> {
  switch (answer.kind) {
    case "saved":
      return store.saved(answer.revision);
    case "conflict":
      return store.conflicted(answer);
    case "gone":
      return store.failed(answer.reason, false);
    case "failed":
      return store.failed(answer.reason, true);
    case "refused":
      try {
        return store.refused(await server.load(pipeline), answer.reason);
      } catch {
        return store.failed(answer.reason, true);
      }
  }
}

export function batchLabel(labels: string[]): string {
  const [first = "Edit", ...others] = [...new Set(labels)];
  if (others.length === 0) return first;
  return others.length === 1
    ? `${first}, ${others[0]}`
    : `${first} and ${others.length} more`;
}
