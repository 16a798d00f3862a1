import type { Job } from "../api/types";
import { Badge } from "../ui/Badge";
import { duration } from "../ui/format";
import { useNow } from "../ui/useNow";
import { jobTones, staleFor } from "./states";

/**
 * A job's state; Flink's own where a live job's says something else; how old that is when nobody has looked lately.
 * Where there is little room, what follows the state stands in the title.
 */
export function JobPill({
  job,
  short = false,
  ...rest
}: {
  job: Job;
  short?: boolean;
  "data-testid"?: string;
}) {
  const stale = staleFor(job, useNow(5000));
  const more: string[] = [];
  if (job.live && job.flinkState !== "" && job.flinkState !== job.state)
    more.push(`Flink: ${job.flinkState}`);
  if (stale !== null) more.push(`stale, seen ${duration(stale)} ago`);
  const title = [...more, job.message].filter(Boolean).join(". ");
  return (
    <Badge
      {...rest}
      tone={stale === null ? jobTones[job.state] : "warn"}
      dot
      data-state={job.state}
      title={title || undefined}
    >
      {job.state}
      {short ? (
        more.length > 0 && <span className="sr-only">{more.join(", ")}</span>
      ) : (
        <span className="font-normal empty:hidden">{more.join(", ")}</span>
      )}
    </Badge>
  );
}
