import { Rocket } from "lucide-react";
import type { Job } from "../api/types";
import { useJobOfPipeline } from "../live/hooks";
import { CopyButton } from "../ui/CopyButton";
import { EmptyState } from "../ui/EmptyState";
import { ago, dateTime } from "../ui/format";
import { useNow } from "../ui/useNow";
import { CommandsTable } from "./CommandsTable";
import { CompareVersions } from "./CompareVersions";
import { JobPill } from "./JobPill";
import { RecordsTable } from "./RecordsTable";

/** Everything about the pipeline's live or last job. */
export function JobPanel({ pipeline }: { pipeline: string }) {
  const job = useJobOfPipeline(pipeline);
  if (!job)
    return (
      <EmptyState icon={<Rocket size={24} />} title="Not deployed yet">
        Deploy starts the pipeline as a Flink job; what the job does is shown
        here.
      </EmptyState>
    );
  return (
    <section
      aria-label="Job"
      className="flex min-h-0 flex-1 flex-wrap gap-x-8 gap-y-4 overflow-auto bg-surface p-4"
    >
      <div className="flex min-w-80 flex-1 flex-col gap-3">
        <Facts job={job} />
        <CompareVersions job={job} />
        {job.exception && <Exception text={job.exception} />}
        <CommandsTable job={job} />
      </div>
      <div className="min-w-80 flex-1">
        <RecordsTable job={job} />
      </div>
    </section>
  );
}

function Facts({ job }: { job: Job }) {
  const now = useNow(5000);
  return (
    <dl className="grid grid-cols-[112px_1fr] items-center gap-y-1.5">
      <dt className="text-muted">State</dt>
      <dd>
        <JobPill job={job} />
      </dd>
      {job.message && (
        <>
          <dt className="self-start text-muted">Message</dt>
          <dd className="wrap-anywhere">{job.message}</dd>
        </>
      )}
      <dt className="text-muted">Revision</dt>
      <dd>{job.revision}</dd>
      <dt className="text-muted">Deployed</dt>
      <dd title={dateTime(job.createdAt)}>{ago(job.createdAt, now)}</dd>
      <dt className="text-muted">Flink job id</dt>
      <dd>
        <Copyable text={job.flinkJobId} label="Copy the Flink job id" />
      </dd>
      {job.savepointPath && (
        <>
          <dt className="text-muted">Savepoint</dt>
          <dd>
            <Copyable
              text={job.savepointPath}
              label="Copy the savepoint's path"
            />
          </dd>
        </>
      )}
    </dl>
  );
}

function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="font-mono text-xs wrap-anywhere">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

function Exception({ text }: { text: string }) {
  return (
    <div className="rounded-md border border-danger/40">
      <div className="flex items-center justify-between rounded-t-md bg-danger-soft px-3 py-1">
        <h3 className="font-medium text-danger">Exception</h3>
        <CopyButton text={text} label="Copy the exception" />
      </div>
      <pre
        tabIndex={0}
        aria-label="Exception"
        className="max-h-60 overflow-auto px-3 py-2 font-mono text-xs whitespace-pre-wrap"
      >
        {text}
      </pre>
    </div>
  );
}
