import type { Job } from "../api/types";
import { Badge } from "../ui/Badge";
import { duration } from "../ui/format";
import { useNow } from "../ui/useNow";
import { jobTones, staleFor } from "./states";

/** A job's state, Flink's own where it says something else, and how old that is when nobody has looked lately. */
export function JobPill({
  job,
  ...rest
}: {
  job: Job;
  "data-testid"?: string;
}) {
  const stale = staleFor(job, useNow(5000));
  const flink = job.flinkState === job.state ? "" : job.flinkState;
  return (
    <Badge
      {...rest}
      tone={stale === null ? jobTones[job.state] : "warn"}
      dot
      data-state={job.state}
      title={job.message || undefined}
    >
      {job.state}
      {flink && (
        <span className="font-normal" title="Flink's own state">
          Flink: {flink}
        </span>
      )}
      {stale !== null && (
        <span className="font-normal">stale, seen {duration(stale)} ago</span>
      )}
    </Badge>
  );
}
