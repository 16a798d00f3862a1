import { useQuery } from "@tanstack/react-query";
import { Check, Wrench } from "lucide-react";
import { useState } from "react";
import { whyNoRows } from "../api/actions";
import type { Preview, Reason } from "../api/types";
import { NodeLink } from "../canvas/NodeLink";
import { documentStore, useDocument } from "../document/store";
import { isLive } from "../live/state";
import { Button } from "../ui/Button";
import { ProblemNote } from "../ui/ProblemNote";
import { useLater } from "../ui/useLater";
import { inEffect, type Remedy, remedyOf } from "./remedies";
import { useAutoPreview } from "./useAutoPreview";
import { useStartPreview } from "./useStartPreview";

const patienceMs = 3000;
const againMs = 4000;

/** Why a node of the preview has made no rows, asked again while it is shown, with what may help. */
export function Why({ preview, node }: { preview: Preview; node: string }) {
  const running = isLive(preview);
  const patient = useLater(patienceMs, `${preview.id} ${node}`);
  const { data, error } = useQuery({
    queryKey: ["why", preview.id, preview.state, node],
    queryFn: ({ signal }) => whyNoRows(preview.id, node, signal),
    enabled: patient || !running,
    refetchInterval: running ? againMs : false,
    staleTime: 0,
    gcTime: 0,
  });
  const reasons = data?.reasons ?? [];
  if (error)
    return (
      <div className="mt-3 text-left">
        <ProblemNote error={error} title="The reason could not be found out" />
      </div>
    );
  if (reasons.length === 0) return null;
  return (
    <section
      aria-label="Why there are no rows"
      data-testid="why"
      className="mt-3 flex flex-col gap-2 text-left"
    >
      <ul aria-live="polite" className="flex flex-col gap-2">
        {reasons.map((reason) => (
          <li key={`${reason.node} ${reason.code}`}>
            <ReasonCard reason={reason} />
          </li>
        ))}
      </ul>
      <Remedies preview={preview} reasons={reasons} />
    </section>
  );
}

function ReasonCard({ reason }: { reason: Reason }) {
  return (
    <div
      data-testid={`why-${reason.code}`}
      className="rounded-md border bg-sunken px-3 py-2 text-xs"
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium text-text">{reason.summary}</span>
        <NodeLink node={reason.node} />
      </p>
      <p className="wrap-anywhere">{reason.detail}</p>
    </div>
  );
}

/** The edits that may help, each one step to undo. They show in the next preview. */
function Remedies({
  preview,
  reasons,
}: {
  preview: Preview;
  reasons: readonly Reason[];
}) {
  const document = useDocument((state) => state.document);
  const auto = useAutoPreview((state) => state.on);
  const [applied, setApplied] = useState(false);
  const start = useStartPreview(preview.pipeline);
  const remedies = new Map(
    reasons
      .flatMap((reason) => reason.remedies.map(remedyOf))
      .map((remedy) => [remedy.label, remedy]),
  );
  if (remedies.size === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {[...remedies.values()].map((remedy) => (
        <RemedyButton
          key={remedy.label}
          remedy={remedy}
          done={inEffect(document, remedy)}
          onApplied={() => setApplied(true)}
        />
      ))}
      {applied && !auto && (
        <Button
          size="sm"
          variant="primary"
          busy={start.isPending}
          data-testid="why-again"
          onClick={() => start.mutate()}
        >
          Preview again
        </Button>
      )}
      <ProblemNote error={start.error} title="The preview did not start" />
    </div>
  );
}

function RemedyButton({
  remedy,
  done,
  onApplied,
}: {
  remedy: Remedy;
  done: boolean;
  onApplied: () => void;
}) {
  return (
    <Button
      size="sm"
      disabled={done}
      icon={done ? <Check size={13} /> : <Wrench size={13} />}
      className="h-auto! min-h-6 py-0.5 text-left whitespace-normal!"
      onClick={() => {
        if (documentStore.edit(remedy)) onApplied();
      }}
    >
      {remedy.label}
    </Button>
  );
}
