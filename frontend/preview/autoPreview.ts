import type { PipelineDocument } from "../document/document";
import { sameRows } from "./logic";

export interface Situation {
  on: boolean;
  engineReady: boolean;
  /** The server has all of the document. */
  saved: boolean;
  /** The compiler has seen the document as it is, and found no error. */
  clean: boolean;
  /** This tab has edited the document since the last try; another tab's edits start that tab's previews. */
  edited: boolean;
  /** A preview is being started or has not got its first rows yet. */
  starting: boolean;
  document: PipelineDocument;
  /** What is shown, and what was started last by itself. */
  tried: readonly PipelineDocument[];
}

/** Whether the document should be previewed now. What was tried is not tried again, whatever came of it. */
export function shouldStart(now: Situation): boolean {
  const { on, engineReady, saved, clean, edited, starting } = now;
  return (
    on &&
    engineReady &&
    saved &&
    clean &&
    edited &&
    !starting &&
    !now.tried.some((tried) => sameRows(tried, now.document))
  );
}
