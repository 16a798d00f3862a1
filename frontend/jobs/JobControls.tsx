import { useMutation } from "@tanstack/react-query";
import { OctagonX, Pause } from "lucide-react";
import { useState } from "react";
import { jobCommand } from "../api/actions";
import type { Job } from "../api/types";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { IconButton } from "../ui/IconButton";
import { JobPill } from "./JobPill";
import type { Failure } from "./RunControls";

/** The job's state, and Pause and Kill while it is live. */
export function JobControls({
  job,
  onFailure,
}: {
  job: Job;
  onFailure: (failure: Failure | null) => void;
}) {
  const pause = useMutation({
    mutationFn: () => jobCommand(job.id, "pause"),
    onMutate: () => onFailure(null),
    onError: (error) => onFailure({ title: "The job was not paused", error }),
  });
  return (
    <div className="flex items-center gap-1">
      <JobPill job={job} data-testid="job-state" />
      {job.live && (
        <>
          <IconButton
            aria-label="Pause: stop with a savepoint"
            data-testid="job-pause"
            disabled={job.state !== "RUNNING" || pause.isPending}
            onClick={() => pause.mutate()}
          >
            <Pause size={14} />
          </IconButton>
          <Kill job={job} />
        </>
      )}
    </div>
  );
}

function Kill({ job }: { job: Job }) {
  const [open, setOpen] = useState(false);
  const kill = useMutation({
    mutationFn: () => jobCommand(job.id, "kill"),
    onSuccess: () => setOpen(false),
  });
  return (
    <>
      <IconButton
        aria-label="Kill: cancel at once"
        data-testid="job-kill"
        className="text-danger!"
        disabled={job.state === "KILLING"}
        onClick={() => {
          kill.reset();
          setOpen(true);
        }}
      >
        <OctagonX size={14} />
      </IconButton>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Kill the job of ${job.pipelineName}?`}
        confirmLabel="Kill the job"
        danger
        busy={kill.isPending}
        error={kill.error}
        onConfirm={() => kill.mutate()}
      >
        <p>
          Flink cancels the job at once, without a savepoint. What it has
          counted since its last checkpoint is lost. To go on later from where
          it stands, use Pause instead.
        </p>
      </ConfirmDialog>
    </>
  );
}
