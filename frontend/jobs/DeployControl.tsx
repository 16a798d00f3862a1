import { useMutation } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { deploy } from "../api/actions";
import type { Job } from "../api/types";
import { useEngine } from "../live/hooks";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { toast } from "../ui/toast";

/** Deploys the saved pipeline after saying what that does. */
export function DeployControl({
  pipeline,
  job,
  beforeRun,
}: {
  pipeline: string;
  job: Job | null;
  beforeRun: () => Promise<void>;
}) {
  const [open, setOpen] = useState(false);
  const engine = useEngine();
  const action = useMutation({
    mutationFn: async () => {
      await beforeRun();
      return deploy(pipeline);
    },
    onSuccess: (started) => {
      setOpen(false);
      toast({ title: `Deploying ${started.pipelineName}`, tone: "ok" });
    },
  });
  return (
    <>
      <Button
        variant="primary"
        data-testid="deploy"
        icon={<Rocket size={13} />}
        disabled={engine.state !== "ready"}
        onClick={() => {
          action.reset();
          setOpen(true);
        }}
      >
        Deploy
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Deploy this pipeline?"
        confirmLabel="Deploy"
        busy={action.isPending}
        blocked={job?.live ?? false}
        error={action.error}
        onConfirm={() => action.mutate()}
      >
        <p>
          A new Flink job starts from the pipeline as it is saved now, and{" "}
          <strong>writes to its sinks</strong>. It goes on running when this
          page is closed. Later edits do not change it.
        </p>
        {job && <WhatOfTheOld job={job} />}
      </ConfirmDialog>
    </>
  );
}

/** A deploy never replaces a job, and takes nothing over from one. */
function WhatOfTheOld({ job }: { job: Job }) {
  if (job.live)
    return (
      <p className="rounded-md bg-warn-soft px-3 py-2">
        A job of this pipeline is live ({job.state}, revision {job.revision}),
        and a deploy does not replace it. Pause or kill that job first.
      </p>
    );
  if (job.state === "PAUSED")
    return (
      <p className="rounded-md bg-warn-soft px-3 py-2">
        The paused job of revision {job.revision} stays paused. The new job
        starts without its state; to go on from its savepoint, use Resume
        instead.
      </p>
    );
  return null;
}
