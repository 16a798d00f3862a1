import { startAutosave } from "../document/autosave";
import { documentStore, whenSaved } from "../document/store";
import type { ServerDocument } from "../document/state";
import { hasUntakenText } from "../sql/drafts";
import { server } from "./server";

// One document is open at a time, and it stays open until the server has all of it, also when the person has gone on to
// another page: leaving the editor loses nothing.

let flush: (() => void) | undefined;

/** Sends what is pending now; the first call starts saving. */
function hurry(): void {
  flush ??= start();
  flush();
}

function start(): () => void {
  const send = startAutosave(documentStore, server);
  window.addEventListener("beforeunload", (event) => {
    if (isSettled() && !hasUntakenText()) return;
    send();
    event.preventDefault();
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", send);
  return send;
}

/** Nothing is left to save, or nothing that could ever be saved. */
function isSettled(): boolean {
  const { pending, save } = documentStore.api.getState();
  return pending.length === 0 || (save.kind === "failed" && !save.retrying);
}

function whenSettled(then: () => void): () => void {
  if (isSettled()) {
    then();
    return () => {};
  }
  const stop = documentStore.api.subscribe(() => {
    if (!isSettled()) return;
    stop();
    then();
  });
  return stop;
}

/** Opens a pipeline as soon as the one before is saved; of an open one it takes over what is newer. */
export function openDocument(
  pipeline: string,
  loaded: ServerDocument,
): () => void {
  hurry();
  if (documentStore.api.getState().pipeline === pipeline) {
    documentStore.adopt(loaded);
    return () => {};
  }
  return whenSettled(() => documentStore.open(pipeline, loaded));
}

let shown = "";

/** An editor shows the pipeline until the answer is called; then it is closed, once it is saved. */
export function showDocument(pipeline: string): () => void {
  shown = pipeline;
  return () => {
    shown = "";
    hurry();
    whenSettled(() => {
      const left = documentStore.api.getState().pipeline === pipeline;
      if (left && shown !== pipeline) documentStore.close();
    });
  };
}

/** Sends what is pending at once and waits until the server has it: before anything runs the saved pipeline. */
export async function saveNow(): Promise<void> {
  hurry();
  await whenSaved();
}
