import type { DocumentStore, ServerDocument } from "./store";
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

export interface Autosave {
  /** Sends what is pending now instead of in a moment. */
  flush: () => void;
  stop: () => void;
}

/** Sends pending changes in batches, one request at a time, until stopped. */
export function startAutosave(store: DocumentStore, server: Server): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;

  const schedule = (): void => {
    const { pending, sending } = store.api.getState();
    if (stopped || timer !== undefined || sending > 0 || pending.length === 0)
      return;
    timer = setTimeout(
      () => void send(),
      failures === 0 ? PAUSE_MS : retryAfter(failures),
    );
  };

  const send = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (stopped) return;
    const { pipeline } = store.api.getState();
    const batch = store.takeBatch();
    if (!batch) return;
    const answer = await server.save(pipeline, {
      revision: batch.revision,
      label: batchLabel(batch.changes.map((change) => change.label)),
      operations: batch.changes.flatMap((change) => change.operations),
    });
    if (stopped || store.api.getState().pipeline !== pipeline) return;
    failures = answer.kind === "failed" ? failures + 1 : 0;
    stopped = answer.kind === "gone";
    await settle(store, server, pipeline, answer);
    schedule();
  };

  const unsubscribe = store.api.subscribe(schedule);
  schedule();
  return {
    flush: () => void send(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
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
