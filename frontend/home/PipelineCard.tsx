import { Link } from "@tanstack/react-router";
import { Ellipsis, Trash2, Workflow } from "lucide-react";
import type { PipelineSummary } from "../api/types";
import { JobPill } from "../jobs/JobPill";
import { useJobOfPipeline } from "../live/hooks";
import { ago, dateTime } from "../ui/format";
import { IconButton } from "../ui/IconButton";
import { Menu } from "../ui/Menu";
import { useNow } from "../ui/useNow";

/** A pipeline in the list: its whole card opens it. */
export function PipelineCard({
  pipeline,
  onDelete,
}: {
  pipeline: PipelineSummary;
  onDelete: () => void;
}) {
  const job = useJobOfPipeline(pipeline.id);
  const now = useNow(10_000);
  return (
    <article
      data-testid={`pipeline-card-${pipeline.name}`}
      className="relative flex h-26 flex-col rounded-lg border bg-surface p-3.5 shadow-panel transition-colors focus-within:border-control hover:border-control"
    >
      <div className="flex items-start gap-2.5">
        <span className="flex size-7 shrink-0 items-center justify-center rounded-md bg-accent-soft text-accent">
          <Workflow size={15} />
        </span>
        <div className="min-w-0 flex-1 pt-0.5">
          <h2 className="truncate text-base font-semibold">
            <Link
              to="/pipelines/$id"
              params={{ id: pipeline.id }}
              onPointerEnter={loadEditor}
              onFocus={loadEditor}
              className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
            >
              {pipeline.name}
            </Link>
          </h2>
        </div>
        <div className="relative -mt-1 -mr-1.5">
          <Menu
            align="end"
            trigger={
              <IconButton aria-label={`More about ${pipeline.name}`} size="sm">
                <Ellipsis size={15} />
              </IconButton>
            }
            items={[
              {
                id: "delete",
                label: "Delete…",
                icon: <Trash2 size={13} />,
                danger: true,
                onSelect: onDelete,
              },
            ]}
          />
        </div>
      </div>
      <div className="mt-auto flex items-center justify-between gap-2 text-xs text-faint">
        <span className="truncate" title={dateTime(pipeline.updatedAt)}>
          Edited {ago(pipeline.updatedAt, now)}
        </span>
        {job ? <JobPill job={job} short /> : <span>Not deployed</span>}
      </div>
    </article>
  );
}

/** Fetches the editor before the click. When that fails, the page itself says so after the click. */
function loadEditor(): void {
  import("../shell/PipelinePage").catch(() => undefined);
}
