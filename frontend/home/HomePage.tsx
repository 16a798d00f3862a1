import { Workflow } from "lucide-react";
import { useState } from "react";
import { usePipelines } from "../api/queries";
import type { PipelineSummary } from "../api/types";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { DeletePipeline } from "./DeletePipeline";
import { ImportSql } from "./ImportSql";
import { NewPipeline } from "./NewPipeline";
import { PipelineCard } from "./PipelineCard";
import { SkeletonCards } from "./SkeletonCards";

export function HomePage() {
  const pipelines = usePipelines();
  const names = pipelines.data?.map((pipeline) => pipeline.name) ?? [];
  return (
    <Page
      title="Pipelines"
      lead="Draw a stream pipeline, see the rows of every node, run it on Flink."
      actions={
        <>
          <ImportSql taken={names} />
          <NewPipeline taken={names} />
        </>
      }
    >
      <ProblemNote
        error={pipelines.error}
        title="The pipelines could not be read"
      />
      {pipelines.error && (
        <div>
          <Button onClick={() => void pipelines.refetch()}>Try again</Button>
        </div>
      )}
      {pipelines.isPending && <SkeletonCards />}
      {pipelines.data && <Cards pipelines={pipelines.data} />}
    </Page>
  );
}

function Cards({ pipelines }: { pipelines: readonly PipelineSummary[] }) {
  const [deleting, setDeleting] = useState<PipelineSummary | null>(null);
  if (pipelines.length === 0)
    return (
      <EmptyState icon={<Workflow size={28} />} title="No pipelines yet">
        Start with an empty canvas, or paste a Flink SQL script and have it
        drawn.
      </EmptyState>
    );
  const newest = pipelines.toSorted((a, b) =>
    b.updatedAt.localeCompare(a.updatedAt),
  );
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3">
        {newest.map((pipeline) => (
          <li key={pipeline.id}>
            <PipelineCard
              pipeline={pipeline}
              onDelete={() => setDeleting(pipeline)}
            />
          </li>
        ))}
      </ul>
      {deleting && (
        <DeletePipeline
          key={deleting.id}
          pipeline={deleting}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  );
}
