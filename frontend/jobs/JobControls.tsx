import { useMutation } from "@tanstack/react-query";
import { OctagonX, Pause, Play } from "lucide-react";
import { type ReactNode, useState } from "react";
import { jobCommand } from "../api/actions";
import type { CommandKind, Job } from "../api/types";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { IconButton } from "../ui/IconButton";
import { JobPill } from "./JobPill";
import type { Failure } from "./RunControls";

/** The job's state, and what can be done with it in that state. */
export function JobControls({
  job,
  onFailure,
}: {
  job: Job;
  onFailure: (failure: Failure | null) => void;
}) {
  return (
    <div className="flex items-center gap-1">
      <JobPill job={job} data-testid="job-state" />
      {job.live && (
        <Command
          job={job}
          kind="pause"
          label="Pause: stop with a savepoint"
          failed="The job was not paused"
          disabled={job.state !== "RUNNING"}
          onFailure={onFailure}
        >
          <Pause size={14} />
        </Command>
      )}
      {job.state === "PAUSED" && (
        <Command
          job={job}
          kind="resume"
          label="Resume: go on from the savepoint"
          failed="The job was not resumed"
          onFailure={onFailure}
        >
          <Play size={14} />
        </Command>
      )}
      {job.live && <Kill job={job} />}
    </div>
  );
}

/** A button that tells the job something at once. */
function Command({
  job,
  kind,
  label,
  failed,
  disabled = false,
  onFailure,
  children,
}: {
  job: Job;
  kind: CommandKind;
  label: string;
  failed: string;
  disabled?: boolean;
  onFailure: (failure: Failure | null) => void;
  children: ReactNode;
}) {
  const command = useMutation({
    mutationFn: () => jobCommand(job.id, kind),
    onMutate: () => onFailure(null),
    onError: (error) => onFailure({ title: failed, error }),
  });
  return (
    <IconButton
      aria-label={label}
      data-testid={`job-${kind}`}
      disabled={disabled || command.isPending}
      onClick={() => command.mutate()}
    >
      {children}
    </IconButton>
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
