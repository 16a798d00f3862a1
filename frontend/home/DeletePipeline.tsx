import { useState } from "react";
import { useDeletePipeline } from "../api/queries";
import type { PipelineSummary } from "../api/types";
import { useJobOfPipeline } from "../live/hooks";
import { ConfirmDialog } from "../ui/ConfirmDialog";

export function DeletePipeline({
  pipeline,
  onClose,
}: {
  pipeline: PipelineSummary;
  onClose: () => void;
}) {
  const [open, setOpen] = useState(true);
  const remove = useDeletePipeline();
  const job = useJobOfPipeline(pipeline.id);
  const close = () => {
    setOpen(false);
    onClose();
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={`Delete ${pipeline.name}?`}
      confirmLabel="Delete"
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(pipeline.id, { onSuccess: close })}
    >
      <p>The pipeline and its history are deleted. This cannot be undone.</p>
      {job?.live && (
        <p className="rounded-md bg-warn-soft px-3 py-2">
          Its job is live ({job.state}). Deleting the pipeline does not stop the
          job: kill or pause it on the Jobs page.
        </p>
      )}
    </ConfirmDialog>
  );
}
