import type { Engine, Job, Preview } from "../api/types";
import type { RowsMessage, ServerMessage } from "./messages";
import { addSample, type Samples } from "./rates";
import { RowRing } from "./rows";

/** Rows kept for each node. */
export const ringSize = 5000;

type Connection = "connecting" | "connected" | "reconnecting";

/** A ring as it is now: another object after each change, so that a selector sees it. */
export interface NodeRows {
  ring: RowRing;
  version: number;
}

/** Everything that the websocket tells. Changed only by the functions of this file. */
export interface LiveState {
  connection: Connection;
  version: string;
  engine: Engine;
  /** When the engine's status came, as performance.now() tells it; its `seconds` go on from there. */
  engineAt: number;
  jobs: Readonly<Record<string, Job>>;
  /** The newest preview of each pipeline. */
  previews: Readonly<Record<string, Preview>>;
  /** By rowsKey, of the previews above. */
  rows: Readonly<Record<string, NodeRows>>;
  counts: Readonly<Record<string, Samples>>;
}

export const initialState: LiveState = {
  connection: "connecting",
  version: "",
  engine: {
    state: "starting",
    phase: "resolving",
    version: "",
    seconds: 0,
    message: "Connecting to the server…",
    log: [],
    gateway: "",
    jobManager: "",
    local: true,
  },
  engineAt: 0,
  jobs: {},
  previews: {},
  rows: {},
  counts: {},
};

export function rowsKey(preview: string, node: string): string {
  return `${preview}/${node}`;
}

/** Applies one message. Rows have their own way, applyRows, because they come in bulk. */
export function reduce(
  state: LiveState,
  message: ServerMessage,
  now: number,
): LiveState {
  switch (message.type) {
    case "hello":
      return {
        ...state,
        connection: "connected",
        version: message.version,
        engine: message.engine,
        engineAt: now,
        jobs: Object.fromEntries(message.jobs.map((job) => [job.id, job])),
      };
    case "engine":
      return { ...state, engine: message.engine, engineAt: now };
    case "job":
      return {
        ...state,
        jobs: { ...state.jobs, [message.job.id]: message.job },
      };
    case "preview":
      // Other tabs' previews are theirs.
      return state.previews[message.preview.pipeline]?.id === message.preview.id
        ? withPreview(state, message.preview, now)
        : state;
    case "rows":
      return applyRows(state, [message]);
    case "pipelineDeleted":
      return withoutPreview(state, message.id);
    case "pipeline":
    case "error":
      return state;
  }
}

/** Adds batches of rows, each to its node's ring. Batches of previews that are no longer shown are dropped. */
export function applyRows(
  state: LiveState,
  batches: readonly RowsMessage[],
): LiveState {
  const shown = new Set(Object.values(state.previews).map((p) => p.id));
  const changed: Record<string, NodeRows> = {};
  for (const batch of batches) {
    if (!shown.has(batch.preview)) continue;
    const key = rowsKey(batch.preview, batch.node);
    const before = state.rows[key];
    const ring = changed[key]?.ring ?? before?.ring ?? new RowRing(ringSize);
    ring.append(batch.first, batch.rows);
    changed[key] = { ring, version: (before?.version ?? 0) + 1 };
  }
  return { ...state, rows: { ...state.rows, ...changed } };
}

/** Notes that time has passed, so that the rate of a node that makes no more rows falls to nothing. */
export function tick(state: LiveState, now: number): LiveState {
  const running = Object.values(state.previews).filter(isLive);
  if (running.length === 0) return state;
  const counts = { ...state.counts };
  for (const preview of running) countNodes(counts, preview, now);
  return { ...state, counts };
}

/** Whether a preview may still make rows. */
export function isLive(preview: Preview): boolean {
  return preview.state === "starting" || preview.state === "running";
}

/** Shows this preview of its pipeline from now on, and forgets the one before. */
export function showPreview(state: LiveState, preview: Preview): LiveState {
  const cleared = withoutPreview(state, preview.pipeline);
  return withPreview(cleared, preview, 0);
}

function withPreview(
  state: LiveState,
  preview: Preview,
  now: number,
): LiveState {
  const counts = { ...state.counts };
  countNodes(counts, preview, now);
  return {
    ...state,
    previews: { ...state.previews, [preview.pipeline]: preview },
    counts,
  };
}

function countNodes(
  counts: Record<string, Samples>,
  preview: Preview,
  now: number,
): void {
  for (const [node, { count }] of Object.entries(preview.nodes)) {
    const key = rowsKey(preview.id, node);
    counts[key] = addSample(counts[key] ?? [], count, now);
  }
}

function withoutPreview(state: LiveState, pipeline: string): LiveState {
  const gone = state.previews[pipeline];
  if (!gone) return state;
  const others = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(record).filter(([key]) => !key.startsWith(`${gone.id}/`)),
    );
  const { [pipeline]: _, ...previews } = state.previews;
  return {
    ...state,
    previews,
    rows: others(state.rows),
    counts: others(state.counts),
  };
}
