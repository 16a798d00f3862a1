import { Check, CircleAlert, PencilLine, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useAnalysis } from "../document/AnalysisProvider";
import { nodeName } from "../document/document";
import { documentStore, useDocument } from "../document/store";
import { Button } from "../ui/Button";
import { type Change, changeText, type Placed } from "./answers";
import { type Draft, hasDiverged } from "./draft";
import { drafts, useDraftOfScript } from "./drafts";

/** One line that says what became of what was typed. */
export function ScriptState() {
  const draft = useDraftOfScript();
  // A newer document may no longer be the one that the text was taken as.
  useDocument((state) => state.document);
  const diverged = draft !== undefined && hasDiverged(draft, documentStore);
  const over = draft?.left && draft.phase.kind === "taken";
  return (
    <div
      role="status"
      data-testid="script-state"
      data-state={stateName(draft, diverged)}
      className="flex min-w-0 items-center gap-2 py-1 text-xs"
    >
      {!draft || (over && diverged) ? (
        <Hint />
      ) : diverged ? (
        <Diverged />
      ) : (
        <PhaseLine draft={draft} />
      )}
    </div>
  );
}

function stateName(draft: Draft | undefined, diverged: boolean): string {
  if (!draft) return "compiled";
  if (diverged) return draft.left ? "compiled" : "diverged";
  return draft.phase.kind;
}

function Hint() {
  const { compiled } = useAnalysis();
  return (
    <span className="text-muted">
      {compiled?.script === ""
        ? "No SQL yet: draw, mend what the Problems tab lists, or write it here."
        : "What Flink is given. Type to change it; Ctrl+click goes to the field behind it."}
    </span>
  );
}

function Diverged() {
  return (
    <>
      <TriangleAlert size={13} className="shrink-0 text-warn" />
      <span>
        The pipeline was changed beside this text, which is of the one before.
      </span>
      <Button size="sm" onClick={() => void drafts.send(true)}>
        Keep both changes
      </Button>
      <Discard>Reload the script</Discard>
    </>
  );
}

function PhaseLine({ draft }: { draft: Draft }) {
  switch (draft.phase.kind) {
    case "typing":
    case "reading":
      return (
        <>
          <PencilLine size={13} className="shrink-0 text-muted" />
          <span className="text-muted">Typing…</span>
        </>
      );
    case "taken":
      return <Taken change={draft.phase.change} findings={draft.findings} />;
    case "refused":
      return <Refused findings={draft.findings} />;
    case "failed":
      return (
        <>
          <CircleAlert size={13} className="shrink-0 text-danger" />
          <span className="line-clamp-2 text-danger">
            Not taken: {draft.phase.reason}
          </span>
          <Button size="sm" onClick={() => void drafts.send(true)}>
            Try again
          </Button>
          <Discard>Discard</Discard>
        </>
      );
  }
}

function Taken({
  change,
  findings,
}: {
  change: Change;
  findings: readonly Placed[];
}) {
  const kept = findings.filter(({ code }) => code === "kept-as-sql");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  return (
    <>
      <Check size={13} className="shrink-0 text-ok" />
      <span>Taken: {changeText(change)}</span>
      {kept.length > 0 && <KeptAsSql findings={kept} />}
      {warnings.map((warning) => (
        <span key={`${warning.from} ${warning.code}`} className="text-warn">
          Line {warning.line}: {warning.summary}
        </span>
      ))}
    </>
  );
}

function KeptAsSql({ findings }: { findings: readonly Placed[] }) {
  const names = useDocument(({ document }) =>
    findings.map(({ node }) => nodeName(document, node)).join(", "),
  );
  const several = findings.length > 1;
  return (
    <span
      className="text-muted"
      title={findings.map(({ detail }) => detail).join("\n")}
    >
      Kept as {several ? "SQL nodes" : "an SQL node"}:{" "}
      <span className="font-mono">{names}</span>
    </span>
  );
}

function Refused({ findings }: { findings: readonly Placed[] }) {
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return null;
  return (
    <>
      <CircleAlert size={13} className="shrink-0 text-danger" />
      <span
        className="line-clamp-2 min-w-0 wrap-anywhere"
        title={`${first.summary}. ${first.detail}`}
      >
        <span className="font-medium text-danger">
          Not taken: line {first.line}: {first.summary}.
        </span>{" "}
        <span className="text-muted">{first.detail}</span>
        {errors.length > 1 && (
          <span className="text-muted">
            {" "}
            And {errors.length - 1} more: see Problems.
          </span>
        )}
      </span>
      <Discard>Discard</Discard>
    </>
  );
}

function Discard({ children }: { children: ReactNode }) {
  return (
    <Button size="sm" onClick={() => drafts.discard()}>
      {children}
    </Button>
  );
}
