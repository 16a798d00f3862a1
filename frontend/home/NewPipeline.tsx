import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCreatePipeline } from "../api/queries";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import { freeName } from "./freeName";

/** Makes an empty pipeline and opens it. */
export function NewPipeline({ taken }: { taken: readonly string[] }) {
  const navigate = useNavigate();
  const create = useCreatePipeline();
  return (
    <Button
      variant="primary"
      data-testid="new-pipeline"
      icon={<Plus size={14} />}
      busy={create.isPending}
      onClick={() =>
        create.mutate(
          { name: freeName("Untitled pipeline", taken) },
          {
            onSuccess: ({ id }) =>
              void navigate({ to: "/pipelines/$id", params: { id } }),
            onError: (error) =>
              toast({
                title: "The pipeline was not made",
                detail: error.message,
                tone: "danger",
              }),
          },
        )
      }
    >
      New pipeline
    </Button>
  );
}
