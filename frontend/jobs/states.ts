import type { Job } from "../api/types";
import type { Tone } from "../ui/Badge";

/** The tone of each state of ours; the state's own word is always shown beside it. */
export const jobTones: Record<Job["state"], Tone> = {
  DEPLOYING: "accent",
  RUNNING: "ok",
  PAUSING: "accent",
  PAUSED: "warn",
  KILLING: "accent",
  KILLED: "neutral",
  FINISHED: "neutral",
  FAILED: "danger",
  DEPLOY_FAILED: "danger",
  LOST: "danger",
  RESTARTING: "warn",
};

const staleMs = 10_000;

/** How old the last look at a live job is, when that is long enough to be said; else null. */
export function staleFor(job: Job, now: number): number | null {
  const seen = Date.parse(job.observedAt ?? "");
  if (!job.live || Number.isNaN(seen) || now - seen <= staleMs) return null;
  return now - seen;
}
