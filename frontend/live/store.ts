import { create } from "zustand";
import { answer, api, useUnauthorized } from "../api/client";
import { keys, queryClient } from "../api/queries";
import type { Preview } from "../api/types";
import { toast } from "../ui/toast";
import { announce, announceMissed } from "./changes";
import { LiveConnection } from "./connection";
import type { ClientMessage, RowsMessage, ServerMessage } from "./messages";
import {
  applyRows,
  clearRows,
  initialState,
  isLive,
  keyRows,
  type LiveState,
  reduce,
  rowsKey,
  showPreview,
  tick,
  watched,
} from "./state";

/** What the websocket tells, read through the hooks of hooks.ts. */
export const useLive = create(() => initialState);

let connection: LiveConnection | null = null;
let queue: RowsMessage[] = [];
let frame = 0;
let timer = 0;
let flushed = 0;

// Rows that come all the time are put into the page this often, which nobody reads faster; the frames between are for
// scrolling and typing. The first row after a pause does not wait.
const paceMs = 50;

// A hidden tab gets no frames: its rows are applied when this many batches wait.
const longestQueue = 500;

let onFirstHello: () => void = () => undefined;

/** Opens the tab's websocket; the answer closes it. `onHello` is called once, when the server has said hello. */
export function startLive(onHello: () => void): () => void {
  onFirstHello = onHello;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const live = new LiveConnection(`${scheme}://${location.host}/api/v1/live`, {
    onMessage: receive,
    onDown: down,
  });
  const hurry = () => live.hurry();
  const ticking = setInterval(
    () => update((state) => tick(state, performance.now())),
    1000,
  );
  window.addEventListener("online", hurry);
  connection = live;
  live.open();
  return () => {
    window.removeEventListener("online", hurry);
    clearInterval(ticking);
    live.close();
  };
}

function send(message: ClientMessage): void {
  connection?.send(message);
}

/**
 * Watches a preview of this tab's, and shows it instead of an earlier one of the same pipeline as soon as it has
 * something to show.
 */
export function watchPreview(preview: Preview): void {
  update((state) => showPreview(state, preview));
  send({ type: "watchPreview", id: preview.id });
}

/** Forgets the rows of a node that have come so far. */
export function clearNodeRows(preview: string, node: string): void {
  update((state) => clearRows(state, rowsKey(preview, node)));
}

/** Says by which columns a node's rows are told apart in its table; null: by all. */
export function keyNodeRows(
  preview: string,
  node: string,
  columns: readonly number[] | null,
): void {
  const key = rowsKey(preview, node);
  update((state) => keyRows(state, key, columns));
}

/** Changes the state, and gives back the leases of previews that are no longer in it. */
function update(change: (state: LiveState) => LiveState): void {
  const before = useLive.getState();
  useLive.setState(change);
  const after = useLive.getState();
  if (after.previews === before.previews && after.incoming === before.incoming)
    return;
  const kept = new Set(watched(after).map(({ id }) => id));
  for (const { id } of watched(before))
    if (!kept.has(id)) send({ type: "unwatchPreview", id });
}

function receive(message: ServerMessage): void {
  if (message.type === "rows") {
    enqueue(message);
    return;
  }
  const missed = useLive.getState().connection === "reconnecting";
  update((state) => reduce(state, message, performance.now()));
  if (message.type === "hello") arrived(missed);
  if (message.type === "error")
    toast({ title: message.detail, tone: "danger" });
  if (message.type === "pipeline" || message.type === "pipelineDeleted") {
    void queryClient.invalidateQueries({
      queryKey: keys.pipelines,
      exact: true,
    });
    announce(message);
  }
}

/** After each hello: says again which previews are watched, and asks again for what may have changed meanwhile. */
function arrived(missed: boolean): void {
  for (const preview of watched(useLive.getState())) {
    if (isLive(preview)) send({ type: "watchPreview", id: preview.id });
  }
  if (!missed) {
    onFirstHello();
    return;
  }
  void queryClient.invalidateQueries();
  announceMissed();
}

/** Asks over HTTP why the socket is gone: with a 401 there is no use in trying again. */
async function down(): Promise<boolean> {
  useLive.setState({ connection: "reconnecting" });
  await answer(api.GET("/api/v1/status")).catch(() => null);
  return !useUnauthorized.getState();
}

function enqueue(batch: RowsMessage): void {
  queue.push(batch);
  if (queue.length >= longestQueue) flush();
  if (queue.length === 0 || frame !== 0 || timer !== 0) return;
  const wait = flushed + paceMs - performance.now();
  if (wait <= 0) inFrame();
  else timer = window.setTimeout(inFrame, wait);
}

function inFrame(): void {
  timer = 0;
  frame = requestAnimationFrame(flush);
}

function flush(): void {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  frame = 0;
  timer = 0;
  flushed = performance.now();
  const batches = queue;
  queue = [];
  update((state) => applyRows(state, batches, flushed));
}
