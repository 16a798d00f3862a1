import { useEffect, useRef, useState } from "react";
import { create } from "zustand";
import { useAnalysis } from "../document/AnalysisProvider";
import { sameLogic } from "../document/analysis";
import type { PipelineDocument } from "../document/document";
import { useDocument } from "../document/store";
import { useEngine, useIncomingPreview, useLivePreview } from "../live/hooks";
import { shouldStart } from "./autoPreview";
import { startedDocument } from "./started";

const key = "millrace.auto-preview";
const pauseMs = 400;

function stored(): boolean {
  try {
    return localStorage.getItem(key) === "on";
  } catch {
    return false;
  }
}

interface AutoPreview {
  on: boolean;
  turn: (on: boolean) => void;
}

/** Whether edits start previews by themselves; remembered by the browser. */
export const useAutoPreview = create<AutoPreview>((set) => ({
  on: stored(),
  turn: (on) => {
    try {
      localStorage.setItem(key, on ? "on" : "off");
    } catch {
      // Storage is off: the choice holds until the page is closed.
    }
    set({ on });
  },
}));

/** While it is on, starts a preview a moment after each edit that is saved and has no errors. */
export function usePreviewOfEdits(
  pipeline: string,
  { isPending, start }: { isPending: boolean; start: () => void },
): void {
  const on = useAutoPreview((state) => state.on);
  const engineReady = useEngine().state === "ready";
  const document = useDocument((state) => state.document);
  const saved = useDocument((state) => state.pending.length === 0);
  const clean = useClean(document);
  const preview = useLivePreview(pipeline);
  const incoming = useIncomingPreview(pipeline);
  const starting = isPending || (incoming ?? preview)?.state === "starting";
  const shown = startedDocument(incoming?.id ?? preview?.id ?? "");
  const [last, setLast] = useState<PipelineDocument>();
  const [edited, setEdited] = useState(false);
  if (!saved && !edited) setEdited(true);
  const tried = [last, shown].filter((known) => known !== undefined);
  const should = shouldStart({
    on,
    engineReady,
    saved,
    clean,
    edited,
    starting,
    document,
    tried,
  });
  const run = useRef(start);
  useEffect(() => {
    run.current = start;
  });
  useEffect(() => {
    if (!should) return;
    const timer = setTimeout(() => {
      setLast(document);
      setEdited(false);
      run.current();
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [should, document]);
}

/** Whether compiler and Flink have found no error in this very document. */
function useClean(document: PipelineDocument): boolean {
  const { compiledFrom, failure, diagnostics } = useAnalysis();
  return (
    compiledFrom !== undefined &&
    failure === undefined &&
    sameLogic(compiledFrom, document) &&
    diagnostics.every(({ severity }) => severity !== "error")
  );
}
