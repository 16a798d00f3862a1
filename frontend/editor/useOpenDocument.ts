import { useEffect } from "react";
import { usePipeline } from "../api/queries";
import { documentStore, useDocument } from "../document/store";
import { onPipelineChanged } from "../live/changes";
import { toast } from "../ui/toast";
import { fromWire } from "./server";
import { openDocument, showDocument } from "./session";

/** Opens the pipeline in the document store and keeps store and server the same until the page is left. */
export function useOpenDocument(pipeline: string): {
  ready: boolean;
  error: Error | null;
} {
  const { data, error, refetch } = usePipeline(pipeline);
  const opened = useDocument((state) => state.pipeline) === pipeline;

  useEffect(() => showDocument(pipeline), [pipeline]);
  useEffect(
    () => (data ? openDocument(pipeline, fromWire(data)) : undefined),
    [data, pipeline],
  );

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
