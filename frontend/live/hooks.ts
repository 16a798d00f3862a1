import { useShallow } from "zustand/react/shallow";
import type { Engine, Job, Preview } from "../api/types";
import { useNow } from "../ui/useNow";
import { rate } from "./rates";
import type { KindSet, NodeRows } from "./nodeRows";
import { type LiveState, isLive, rowsKey } from "./state";
import { useLive } from "./store";

/** Whether what is shown is up to date. */
export function useConnection(): "connected" | "reconnecting" {
  return useLive((s) =>
    s.connection === "connected" ? "connected" : "reconnecting",
  );
}

export function useEngine(): Engine {
  return useLive((s) => s.engine);
}

/** How long the engine has been starting, by now. */
export function useEngineSeconds(): number {
  useNow(1000);
  return useLive(
    (s) => s.engine.seconds + (performance.now() - s.engineAt) / 1000,
  );
}

/** All jobs, newest first. */
export function useJobs(): Job[] {
  return useLive(useShallow((s) => newestFirst(Object.values(s.jobs))));
}

/** The pipeline's live job, else its newest; null when it was never deployed. */
export function useJobOfPipeline(pipeline: string): Job | null {
  return useLive((s) => jobOf(s, pipeline));
}

/** The pipeline's preview that is shown, running or not; null when there is none. Its nodes have no rows: usePreviewRows. */
export function useLivePreview(pipeline: string): Preview | null {
  return useLive((s) => s.previews[pipeline] ?? null);
}

/** The preview that was started since and has nothing to show yet; null when there is none. */
export function useIncomingPreview(pipeline: string): Preview | null {
  return useLive((s) => s.incoming[pipeline]?.preview ?? null);
}

/** The kinds that the rows of a node of the shown preview have had; 0 for none. */
export function useNodeKinds(pipeline: string, node: string): KindSet {
  return useLive((s) => {
    const preview = s.previews[pipeline];
    return preview ? (s.rows[rowsKey(preview.id, node)]?.kinds ?? 0) : 0;
  });
}

/** The node's rows. The ring is changed in place; the object is another one after each change. */
export function usePreviewRows(preview: string, node: string): NodeRows | null {
  return useLive((s) => s.rows[rowsKey(preview, node)] ?? null);
}

export interface NodeFigures {
  /** Rows that the running preview's node has made. */
  count?: number;
  /** Rows a second, of the preview: never a job's. */
  rate?: number;
  /** Rows that never reached the server: there were too many to show. */
  dropped?: number;
  /** RFC 3339, in milliseconds. */
  watermark?: string;
  recordsIn?: number;
  recordsOut?: number;
}

/** The figures that a node of the canvas shows: of the preview and of the live job. What is not known is absent. */
export function useNodeFigures(pipeline: string, node: string): NodeFigures {
  return useLive(useShallow((s) => figures(s, pipeline, node)));
}

function figures(s: LiveState, pipeline: string, node: string): NodeFigures {
  const result: NodeFigures = {};
  const preview = s.previews[pipeline];
  const shown = preview?.nodes[node];
  if (preview && shown) {
    result.count = shown.count;
    if (shown.dropped) result.dropped = shown.dropped;
    if (shown.watermark) result.watermark = shown.watermark;
    const perSecond = rate(s.counts[rowsKey(preview.id, node)] ?? []);
    if (perSecond !== null && isLive(preview)) result.rate = perSecond;
  }
  const records = jobOf(s, pipeline)?.nodes[node];
  if (typeof records?.recordsIn === "number")
    result.recordsIn = records.recordsIn;
  if (typeof records?.recordsOut === "number")
    result.recordsOut = records.recordsOut;
  return result;
}

function jobOf(s: LiveState, pipeline: string): Job | null {
  const jobs = newestFirst(
    Object.values(s.jobs).filter((job) => job.pipeline === pipeline),
  );
  return jobs.find((job) => job.live) ?? jobs[0] ?? null;
}

function newestFirst(jobs: Job[]): Job[] {
  return jobs.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
