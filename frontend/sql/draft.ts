import { createStore, type StoreApi } from "zustand/vanilla";
import type { Edited } from "../api/types";
import { between, sameMeaning } from "../document/between";
import type { PipelineDocument } from "../document/document";
import { apply, type Operation } from "../document/operations";
import { rebase } from "../document/rebase";
import type { DocumentStore } from "../document/store";
import { type Change, changeOf, type Placed, placed } from "./answers";

// The script while a person writes in it. The document changes only by what the server makes of the whole text; what the
// text cannot be taken as stays a draft, here, whichever tab is open and whichever pipeline.

type Phase =
  /** Something was typed that nobody has read yet. */
  | { kind: "typing" }
  | { kind: "reading" }
  /** The document says what the text says. */
  | { kind: "taken"; change: Change }
  | { kind: "refused" }
  | { kind: "failed"; reason: string };

export interface Draft {
  text: string;
  /** The script and its document when the typing began: nodes keep what they are against it, also when cut and pasted. */
  script: string;
  base: PipelineDocument;
  /** The document that the text was last taken as; the base until then. */
  taken: PipelineDocument;
  phase: Phase;
  /** Of the last text that was read. */
  findings: readonly Placed[];
  /** The person has left the text: once it is taken, the compiled script stands in its place. */
  left: boolean;
  /** A mark of this visit to the text: it joins edits of the same nodes into one undo step. */
  visit: number;
}

/** A script, and the document that it was compiled from. */
export interface Shown {
  script: string;
  document: PipelineDocument;
}

type DraftsState = Readonly<Record<string, Draft>>;

type Ask = (
  document: PipelineDocument,
  script: string,
  signal: AbortSignal,
) => Promise<Edited>;

const PAUSE_MS = 400;

/** Holds the drafts by pipeline; `ask` has the server read a text against a document. */
export function createDrafts(documents: DocumentStore, ask: Ask) {
  const store: StoreApi<DraftsState> = createStore(() => ({}));
  let visits = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();

  const open = () => documents.api.getState().pipeline;
  const draft = () => store.getState()[open()];
  const put = (pipeline: string, next: Draft) =>
    store.setState({ [pipeline]: next });
  const drop = () => {
    clearTimeout(timer);
    asked.abort();
    const { [open()]: _, ...others } = store.getState();
    store.setState(others, true);
  };

  /** The text as it is now; with `shown` it is the first change of a compiled script. */
  const type = (text: string, shown?: Shown): void => {
    const before = shown ? begin(shown, ++visits) : draft();
    if (!before) return;
    asked.abort();
    clearTimeout(timer);
    if (text === before.script && before.taken === before.base) {
      drop();
      return;
    }
    put(open(), { ...before, text, phase: { kind: "typing" }, left: false });
    timer = setTimeout(() => void send(), PAUSE_MS);
  };

  /** Has the text read at once; a pipeline that was changed beside it is only changed on the person's word. */
  const send = async (merge = false): Promise<void> => {
    clearTimeout(timer);
    const pipeline = open();
    const sent = draft();
    if (!sent || (!merge && hasDiverged(sent, documents))) return;
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    put(pipeline, { ...sent, phase: { kind: "reading" } });
    const answer = await ask(sent.base, sent.text, signal).catch(
      (error: unknown) => failure(error),
    );
    const now = store.getState()[pipeline];
    if (signal.aborted || !now || open() !== pipeline) return;
    const next =
      "phase" in answer ? answer : read(documents, now, answer, merge);
    put(pipeline, { ...now, ...next });
  };

  return {
    api: store,
    type,
    send,
    /** The person has gone elsewhere, or says by Escape that the text is done. */
    leave: () => {
      const left = draft();
      if (!left) return;
      put(open(), { ...left, left: true });
      if (left.phase.kind === "typing") void send();
    },
    /** Back to the script of the document as it is. */
    discard: drop,
  };
}

function begin({ script, document }: Shown, visit: number): Draft {
  return {
    text: script,
    script,
    base: document,
    taken: document,
    phase: { kind: "typing" },
    findings: [],
    left: false,
    visit,
  };
}

/** Whether the document was changed by something else than this text. */
export function hasDiverged(
  { taken }: Draft,
  documents: Pick<DocumentStore, "api">,
): boolean {
  return !sameMeaning(taken, documents.api.getState().document);
}

function failure(error: unknown): Pick<Draft, "phase"> {
  const reason = error instanceof Error ? error.message : String(error);
  return { phase: { kind: "failed", reason } };
}

/** Lays what the server made of the text over the document, or keeps its findings. */
function read(
  documents: DocumentStore,
  draft: Draft,
  { operations, diagnostics }: Edited,
  merge: boolean,
): Partial<Draft> {
  const findings = placed(diagnostics, draft.text);
  if (findings.some(({ severity }) => severity === "error"))
    return { findings, phase: { kind: "refused" } };
  const target = apply(draft.base, operations as Operation[]);
  if (!target.ok)
    return { findings, phase: { kind: "failed", reason: target.reason } };
  const change = changeOf(draft.taken, target.document);
  // Something else, such as an undo, came between: only what says nothing new may be taken without a word.
  const same = between(draft.taken, target.document).length === 0;
  if (!merge && !same && hasDiverged(draft, documents))
    return { findings, phase: { kind: "typing" } };
  const fits = edit(documents, draft, target.document);
  return fits
    ? { findings, taken: target.document, phase: { kind: "taken", change } }
    : { findings, phase: { kind: "failed", reason: NO_FIT } };
}

const NO_FIT = "it does not fit the changed pipeline.";

function edit(
  documents: DocumentStore,
  draft: Draft,
  target: PipelineDocument,
): boolean {
  const label = "Edit SQL";
  const operations = between(draft.taken, target);
  if (operations.length === 0) return true;
  const touched = operations.map(({ path }) => path.slice(0, 2).join("/"));
  const burst = `sql-${draft.visit} ${[...new Set(touched)].sort().join(" ")}`;
  const { document } = documents.api.getState();
  if (sameMeaning(draft.taken, document))
    return documents.edit({ label, operations }, burst);
  const merged = rebase(document, [{ label, operations }]);
  return documents.edit({
    label,
    operations: merged.changes.flatMap((change) => change.operations),
  });
}
