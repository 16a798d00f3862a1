import { Link } from "@tanstack/react-router";
import { Activity } from "lucide-react";
import type { Job } from "../api/types";
import { useJobs } from "../live/hooks";
import { EmptyState } from "../ui/EmptyState";
import { ago, dateTime } from "../ui/format";
import { Page } from "../ui/Page";
import { Table } from "../ui/Table";
import { useNow } from "../ui/useNow";
import { JobPill } from "./JobPill";

export function JobsPage() {
  const jobs = useJobs();
  return (
    <Page title="Jobs" lead="Every deploy of every pipeline, newest first.">
      {jobs.length === 0 ? (
        <EmptyState icon={<Activity size={24} />} title="No jobs yet">
          Open a pipeline and press Deploy.
        </EmptyState>
      ) : (
        <div className="overflow-x-auto rounded-lg border bg-surface px-2 pt-1 shadow-panel">
          <Table
            label="Jobs"
            head={[
              "Pipeline",
              "State",
              "Revision",
              "Deployed",
              "Flink job",
              "What happened",
            ]}
            right={[2]}
          >
            {jobs.map((job) => (
              <Line key={job.id} job={job} />
            ))}
          </Table>
        </div>
      )}
    </Page>
  );
}

function Line({ job }: { job: Job }) {
  const now = useNow(10_000);
  const trouble = job.exception || job.message;
  return (
    <tr>
      <td className="max-w-64 min-w-40 truncate font-medium">
        <Link
          to="/pipelines/$id"
          params={{ id: job.pipeline }}
          className="rounded-sm hover:text-accent hover:underline"
        >
          {job.pipelineName}
        </Link>
      </td>
      <td>
        <JobPill job={job} />
      </td>
      <td className="text-right tabular-nums">{job.revision}</td>
      <td className="whitespace-nowrap" title={dateTime(job.createdAt)}>
        {ago(job.createdAt, now)}
      </td>
      <td className="font-mono text-xs leading-5" title={job.flinkJobId}>
        {job.flinkJobId.slice(0, 8)}
      </td>
      <td
        className="w-full max-w-0 min-w-48 truncate text-muted"
        title={trouble}
      >
        {trouble}
      </td>
    </tr>
  );
}
