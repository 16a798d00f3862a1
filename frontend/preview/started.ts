import { useEffect } from "react";
import { create } from "zustand";
import type { Preview } from "../api/types";
import type { PipelineDocument } from "../document/document";
import { documentStore, useDocument } from "../document/store";
import { staleNodes } from "./logic";

/** What each preview that this tab started runs, by the preview's id. */
const useStartedDocument = create<Readonly<Record<string, PipelineDocument>>>(
  () => ({}),
);

/** Notes what a preview that this tab started runs. */
export function started(preview: string, document: PipelineDocument): void {
  useStartedDocument.setState({ [preview]: document });
}

/** After a reload: a preview of the very revision that is open runs the document that is open. */
export function useResumed(preview: Preview | null): void {
  const revision = useDocument((state) =>
    state.pending.length === 0 ? state.revision : -1,
  );
  useEffect(() => {
    if (preview?.revision !== revision || startedDocument(preview.id)) return;
    started(preview.id, documentStore.api.getState().document);
  }, [preview?.id, preview?.revision, revision]);
}

const none: ReadonlySet<string> = new Set();

// Each card of the canvas asks: the answer is worked out once for all of them.
let last = { before: null, now: null, stale: none } as {
  before: PipelineDocument | null;
  now: PipelineDocument | null;
  stale: ReadonlySet<string>;
};

/** The nodes of the open document whose rows in this preview may be others by now; none where that is not known. */
export function useStaleNodes(
  preview: string | undefined,
): ReadonlySet<string> {
  const before = useStartedDocument((all) => all[preview ?? ""]);
  const now = useDocument(({ document }) => document);
  return before ? staleOnce(before, now) : none;
}

function staleOnce(
  before: PipelineDocument,
  now: PipelineDocument,
): ReadonlySet<string> {
  if (last.before !== before || last.now !== now)
    last = { before, now, stale: staleNodes(before, now) };
  return last.stale;
}

/** What the preview runs, where this tab started it. */
export function startedDocument(preview: string): PipelineDocument | undefined {
  return useStartedDocument.getState()[preview];
}
