import { useEffect } from "react";
import { usePipeline } from "../api/queries";
import { type Autosave, startAutosave } from "../document/autosave";
import { documentStore, useDocument, whenSaved } from "../document/store";
import { onPipelineChanged } from "../live/changes";
import { toast } from "../ui/toast";
import { fromWire, server } from "./server";

let autosave: Autosave | undefined;

/** Sends what is pending at once and waits until the server has it: before anything runs the saved pipeline. */
export async function saveNow(): Promise<void> {
  autosave?.flush();
  await whenSaved();
}

/** Opens the pipeline in the document store and keeps store and server the same until the page is left. */
export function useOpenDocument(pipeline: string): {
  ready: boolean;
  error: Error | null;
} {
  const { data, error, refetch } = usePipeline(pipeline);
  const opened = useDocument((state) => state.pipeline) === pipeline;

  useEffect(() => {
    if (!data) return;
    if (documentStore.api.getState().pipeline === pipeline)
      documentStore.adopt(fromWire(data));
    else documentStore.open(pipeline, fromWire(data));
  }, [data, pipeline]);

  useEffect(() => {
    if (!opened) return;
    const running = startAutosave(documentStore, server);
    autosave = running;
    return () => {
      running.stop();
      autosave = undefined;
    };
  }, [opened]);

  useEffect(() => () => documentStore.close(), [pipeline]);

  useEffect(
    () =>
      onPipelineChanged(pipeline, (change) => {
        if (change.type === "deleted") {
          documentStore.failed("this pipeline was deleted", false);
          return;
        }
        const { pending, revision } = documentStore.api.getState();
        // While something is pending, its save brings the other's change as a conflict.
        if (pending.length > 0) return;
        if (change.type === "missed" || change.revision > revision)
          void refetch();
      }),
    [pipeline, refetch],
  );

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (documentStore.api.getState().pending.length === 0) return;
      autosave?.flush();
      event.preventDefault();
    };
    const hurry = () => autosave?.flush();
    window.addEventListener("beforeunload", ask);
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    return () => {
      window.removeEventListener("beforeunload", ask);
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
    };
  }, []);

  useNotices();
  return { ready: opened, error: opened ? null : error };
}

/** The store's notices, said once each. */
function useNotices(): void {
  const notice = useDocument((state) => state.notice);
  useEffect(() => {
    if (notice) toast({ title: notice.text, tone: "warn" });
  }, [notice]);
}
