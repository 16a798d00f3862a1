import type { Engine, Job, Preview } from "../api/types";
import { sameJson } from "../document/document";
import type { RowsMessage, ServerMessage } from "./messages";
import {
  type NodeRows,
  noRows,
  withKey,
  withoutRows,
  withRows,
} from "./nodeRows";
import { addSample, type Samples } from "./rates";

type Connection = "connecting" | "connected" | "reconnecting";

interface Incoming {
  preview: Preview;
  /** Since when it runs, as performance.now() tells; null before. */
  runsSince: number | null;
}

// A new preview without any rows says something, too, but not at once.
const patienceMs = 5000;

/** Everything that the websocket tells. Changed only by the functions of this file. */
export interface LiveState {
  connection: Connection;
  version: string;
  engine: Engine;
  /** When the engine's status came, as performance.now() tells it; its `seconds` go on from there. */
  engineAt: number;
  jobs: Readonly<Record<string, Job>>;
  /** The preview of each pipeline that is shown. */
  previews: Readonly<Record<string, Preview>>;
  /** The one that takes its place when it has rows, has ended or has run for a while. */
  incoming: Readonly<Record<string, Incoming>>;
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
  incoming: {},
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
      return renewPreview(state, message.preview, now);
    case "rows":
      return applyRows(state, [message], now);
    case "pipelineDeleted":
      return withoutPreviews(state, message.id);
    case "pipeline":
    case "error":
      return state;
  }
}

/** Adds batches of rows, each to its node's ring. Batches of previews that are no longer shown are dropped. */
export function applyRows(
  state: LiveState,
  batches: readonly RowsMessage[],
  now: number,
): LiveState {
  const known = new Set(watched(state).map((p) => p.id));
  const changed: Record<string, NodeRows> = {};
  for (const batch of batches) {
    if (!known.has(batch.preview)) continue;
    const key = rowsKey(batch.preview, batch.node);
    const before = changed[key] ?? state.rows[key] ?? noRows();
    changed[key] = withRows(before, batch.first, batch.rows, now);
  }
  const ready = Object.values(state.incoming).filter(({ preview }) =>
    batches.some((batch) => batch.preview === preview.id),
  );
  return ready.reduce((next, { preview }) => promote(next, preview.pipeline), {
    ...state,
    rows: { ...state.rows, ...changed },
  });
}

/** Forgets the rows of a node that have come so far; they stay counted. */
export function clearRows(state: LiveState, key: string): LiveState {
  const before = state.rows[key];
  if (!before) return state;
  return { ...state, rows: { ...state.rows, [key]: withoutRows(before) } };
}

/** Says by which columns a node's rows are told apart in its table. */
export function keyRows(
  state: LiveState,
  key: string,
  columns: readonly number[] | null,
): LiveState {
  const before = state.rows[key] ?? noRows();
  const rows = withKey(before, columns);
  if (rows === before) return state;
  return { ...state, rows: { ...state.rows, [key]: rows } };
}

/** Shown and incoming previews: those that this tab watches. */
export function watched(state: LiveState): Preview[] {
  return [
    ...Object.values(state.previews),
    ...Object.values(state.incoming).map(({ preview }) => preview),
  ];
}

/** Notes that time has passed, so that the rate of a node that makes no more rows falls to nothing. */
export function tick(state: LiveState, now: number): LiveState {
  const running = watched(state).filter(isLive);
  if (running.length === 0) return state;
  const counts = { ...state.counts };
  for (const preview of running) countNodes(counts, preview, now);
  const late = Object.values(state.incoming).filter(
    ({ runsSince }) => runsSince !== null && now - runsSince > patienceMs,
  );
  return late.reduce((next, { preview }) => promote(next, preview.pipeline), {
    ...state,
    counts,
  });
}

/** Whether a preview may still make rows. */
export function isLive(preview: Preview): boolean {
  return preview.state === "starting" || preview.state === "running";
}

/**
 * Shows this preview of its pipeline: at once where there is nothing to look at, else as soon as it has something to show
 * (see LiveState.incoming). An incoming one before it is forgotten.
 */
export function showPreview(state: LiveState, preview: Preview): LiveState {
  const { pipeline } = preview;
  const before = state.incoming[pipeline]?.preview;
  const { [pipeline]: _, ...incoming } = state.incoming;
  const cleared = before
    ? { ...withoutRowsOf(state, before.id), incoming }
    : state;
  const shown = cleared.previews[pipeline];
  if (!shown || shown.id === preview.id || !hasRows(cleared, shown))
    return promote(withIncoming(cleared, preview, 0), pipeline);
  return withIncoming(cleared, preview, 0);
}

function hasRows(state: LiveState, preview: Preview): boolean {
  return Object.keys(preview.nodes).some(
    (node) => state.rows[rowsKey(preview.id, node)] !== undefined,
  );
}

/** What the server says of a preview; other tabs' previews are theirs. */
function renewPreview(
  state: LiveState,
  preview: Preview,
  now: number,
): LiveState {
  const { pipeline } = preview;
  if (state.previews[pipeline]?.id === preview.id)
    return withPreview(state, preview, now);
  if (state.incoming[pipeline]?.preview.id !== preview.id) return state;
  const next = withIncoming(state, preview, now);
  return isLive(preview) ? next : promote(next, pipeline);
}

function withIncoming(
  state: LiveState,
  preview: Preview,
  now: number,
): LiveState {
  const before = state.incoming[preview.pipeline]?.runsSince ?? null;
  const runsSince = preview.state === "running" ? (before ?? now) : before;
  const counts = { ...state.counts };
  countNodes(counts, preview, now);
  const incoming = { preview, runsSince };
  return {
    ...state,
    incoming: { ...state.incoming, [preview.pipeline]: incoming },
    counts,
  };
}

/** The incoming preview takes the place of the one that was shown. */
function promote(state: LiveState, pipeline: string): LiveState {
  const { [pipeline]: next, ...incoming } = state.incoming;
  if (!next) return state;
  const gone = state.previews[pipeline];
  const others =
    gone && gone.id !== next.preview.id ? withoutRowsOf(state, gone.id) : state;
  const previews = { ...state.previews, [pipeline]: next.preview };
  return { ...others, incoming, previews };
}

function withPreview(
  state: LiveState,
  preview: Preview,
  now: number,
): LiveState {
  const counts = { ...state.counts };
  countNodes(counts, preview, now);
  const before = state.previews[preview.pipeline];
  const shown = before ? sharing(before, preview) : preview;
  return {
    ...state,
    previews: { ...state.previews, [preview.pipeline]: shown },
    counts,
  };
}

/** The preview with the very diagnostics that it had, where they say the same: they come with each message. */
function sharing(before: Preview, preview: Preview): Preview {
  return sameJson(before.diagnostics, preview.diagnostics)
    ? { ...preview, diagnostics: before.diagnostics }
    : preview;
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

/** Nothing of the pipeline's previews. */
function withoutPreviews(state: LiveState, pipeline: string): LiveState {
  const ids = watched(state)
    .filter((preview) => preview.pipeline === pipeline)
    .map(({ id }) => id);
  const { [pipeline]: _, ...previews } = state.previews;
  const { [pipeline]: __, ...incoming } = state.incoming;
  return { ...ids.reduce(withoutRowsOf, state), previews, incoming };
}

function withoutRowsOf(state: LiveState, preview: string): LiveState {
  const others = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(record).filter(([key]) => !key.startsWith(`${preview}/`)),
    );
  return { ...state, rows: others(state.rows), counts: others(state.counts) };
}
