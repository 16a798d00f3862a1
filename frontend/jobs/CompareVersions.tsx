import { useMutation } from "@tanstack/react-query";
import { GitCompare } from "lucide-react";
import { useState } from "react";
import { compareVersions } from "../api/actions";
import type { Comparison, Job, Outcome } from "../api/types";
import { useDocument, whenSaved } from "../document/store";
import { RowDifference } from "../samples/RowDifference";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { count } from "../ui/format";
import { ProblemNote } from "../ui/ProblemNote";
import { Spinner } from "../ui/Spinner";

/** Runs the draft and what the job was deployed from on the draft's samples, and shows which rows differ. */
export function CompareVersions({ job }: { job: Job }) {
  const sampled = useDocument(({ document }) =>
    Object.values(document.samples ?? {}).some((sample) => !sample.live),
  );
  const [open, setOpen] = useState(false);
  const compare = useMutation({
    mutationFn: async () => {
      await whenSaved();
      return compareVersions(job.pipeline, job.id);
    },
  });
  return (
    <div>
      <Button
        icon={<GitCompare size={13} />}
        disabled={!sampled}
        title={
          sampled
            ? undefined
            : "Comparing needs the same rows for both: give the sources samples."
        }
        onClick={() => {
          setOpen(true);
          compare.mutate();
        }}
      >
        Compare rows with the draft
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width="lg"
        title="Deployed version and draft on the same samples"
        description={`Revision ${job.revision} is deployed. Rows marked − come from it alone, rows marked + from the draft alone.`}
      >
        {compare.isPending && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner size={14} /> Both versions run.
          </p>
        )}
        <ProblemNote error={compare.error} title="They were not compared" />
        {compare.data && <Differences comparison={compare.data} />}
      </Dialog>
    </div>
  );
}

function Differences({ comparison }: { comparison: Comparison }) {
  const { nodes, added, gone, diagnostics } = comparison;
  const names = useDocument(({ document }) => document.nodes);
  if (diagnostics.length > 0)
    return (
      <ul className="flex flex-col gap-1 text-danger">
        {diagnostics.map((d, index) => (
          <li key={index}>
            {d.summary}: {d.detail}
          </li>
        ))}
      </ul>
    );
  const differing = nodes.filter((outcome) => !outcome.passed);
  return (
    <div className="flex flex-col gap-4">
      <p>
        {differing.length === 0
          ? "All nodes that both versions have give the same rows."
          : `${differing.length} of ${nodes.length} nodes give other rows.`}
        {added.length > 0 &&
          ` New in the draft: ${added.map((id) => names[id]?.name ?? id).join(", ")}.`}
        {gone.length > 0 && ` No longer there: ${gone.join(", ")}.`}
      </p>
      {differing.map((outcome) => (
        <NodeDifference key={outcome.node} outcome={outcome} />
      ))}
    </div>
  );
}

const words = { changed: "changed", missing: "gone", unexpected: "new" };

function NodeDifference({ outcome }: { outcome: Outcome }) {
  return (
    <section aria-label={outcome.name} className="flex flex-col gap-1">
      <h3 className="flex items-center gap-2 font-medium">
        {outcome.name}
        <Badge tone="warn">
          {outcome.differing > 0
            ? `${count(outcome.differing)} ${outcome.differing === 1 ? "row differs" : "rows differ"}`
            : "does not run"}
        </Badge>
      </h3>
      {outcome.differing === 0 && (
        <p className="text-muted">{outcome.message}</p>
      )}
      <RowDifference outcome={outcome} words={words} />
    </section>
  );
}
