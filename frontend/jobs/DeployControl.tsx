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
        error={action.error}
        onConfirm={() => action.mutate()}
      >
        <p>
          A new Flink job starts from the pipeline as it is saved now, and{" "}
          <strong>writes to its sinks</strong>. It goes on running when this
          page is closed. Later edits do not change it.
        </p>
        {job?.live && <StillLive job={job} />}
      </ConfirmDialog>
    </>
  );
}

function StillLive({ job }: { job: Job }) {
  return (
    <p className="rounded-md bg-warn-soft px-3 py-2">
      A job of this pipeline is live ({job.state}, revision {job.revision}). A
      deploy does not replace it. Pause or kill that job first, so that the two
      do not write to the same sinks.
    </p>
  );
}
