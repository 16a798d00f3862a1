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
  initialState,
  isLive,
  reduce,
  showPreview,
  tick,
} from "./state";

/** What the websocket tells, read through the hooks of hooks.ts. */
export const useLive = create(() => initialState);

let connection: LiveConnection | null = null;
let queue: RowsMessage[] = [];
let frame = 0;

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
    () => useLive.setState((state) => tick(state, performance.now())),
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

/** Shows a preview of this tab's and watches it, instead of an earlier one of the same pipeline. */
export function watchPreview(preview: Preview): void {
  for (const other of Object.values(useLive.getState().previews)) {
    if (other.pipeline === preview.pipeline && other.id !== preview.id)
      send({ type: "unwatchPreview", id: other.id });
  }
  useLive.setState((state) => showPreview(state, preview));
  send({ type: "watchPreview", id: preview.id });
}

function receive(message: ServerMessage): void {
  if (message.type === "rows") {
    enqueue(message);
    return;
  }
  const missed = useLive.getState().connection === "reconnecting";
  useLive.setState((state) => reduce(state, message, performance.now()));
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
  for (const preview of Object.values(useLive.getState().previews)) {
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
  else frame ||= requestAnimationFrame(flush);
}

function flush(): void {
  cancelAnimationFrame(frame);
  frame = 0;
  const batches = queue;
  queue = [];
  useLive.setState((state) => applyRows(state, batches));
}
