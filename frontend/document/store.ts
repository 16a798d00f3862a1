import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { PipelineDocument } from "./document";
import type { Edit } from "./edits";
import { invert } from "./invert";
import { apply, type Operation } from "./operations";
import { rebase, type Change, type Rebased } from "./rebase";
import { batchRefused, batchSaved, rebaseOnto, takeBatch } from "./saving";
import {
  closedState,
  type DocumentState,
  keepExisting,
  type Selection,
  type ServerDocument,
  type Step,
  type Store,
  tell,
} from "./state";

const HISTORY_LIMIT = 500;
export type DocumentStore = ReturnType<typeof createDocumentStore>;

/** The one home of the document: changed only by edits, undo, redo and what the server says. */
export function createDocumentStore() {
  const store = createStore<DocumentState>(() => closedState());
  return {
    api: store,
    open: (pipeline: string, server: ServerDocument) =>
      store.setState({ ...closedState(), pipeline, ...server }),
    close: () => store.setState(closedState()),
    edit: (edit: Edit, burst?: string) => editDocument(store, edit, burst),
    undo: () => walkHistory(store, "past", "future", "Undo"),
    redo: () => walkHistory(store, "future", "past", "Redo"),
    select: (selection: Selection) => store.setState({ selection }),
    /** A newer document of the server; taken only while nothing of ours is unsaved. */
    adopt: (server: ServerDocument) => {
      const { pending, revision } = store.getState();
      if (pending.length === 0 && server.revision > revision)
        rebaseOnto(store, server, []);
    },
    takeBatch: () => takeBatch(store),
    saved: (revision: number) => batchSaved(store, revision),
    conflicted: (server: ServerDocument) =>
      rebaseOnto(store, server, store.getState().pending),
    refused: (server: ServerDocument, reason: string) =>
      batchRefused(store, server, reason),
    failed: (reason: string, retrying: boolean) =>
      store.setState({
        sending: 0,
        save: { kind: "failed", reason, retrying },
      }),
    tell: (text: string) => tell(store, text),
  };
}

function editDocument(
  store: Store,
  edit: Edit,
  burst: string | undefined,
): boolean {
  const { document, past } = store.getState();
  const applied = apply(document, edit.operations);
  if (!applied.ok) {
    tell(store, `${edit.label} was not possible. ${applied.reason}`);
    return false;
  }
  if (edit.operations.length === 0) return true;
  const inverse = invert(document, edit.operations);
  const top = past.at(-1);
  const joins = burst !== undefined && top?.burst === burst;
  const step: Step = {
    label: edit.label,
    operations: joins ? compress([...inverse, ...top.operations]) : inverse,
    burst,
  };
  store.setState({
    ...changed(store, applied.document, {
      label: edit.label,
      operations: edit.operations,
    }),
    past: [...(joins ? past.slice(0, -1) : past), step].slice(-HISTORY_LIMIT),
    future: [],
  });
  return true;
}

function walkHistory(
  store: Store,
  from: "past" | "future",
  to: "past" | "future",
  verb: string,
) {
  const state = store.getState();
  const step = state[from].at(-1);
  if (!step) return;
  const { document, changes, dropped } = fit(state.document, step);
  const operations = changes.flatMap((change) => change.operations);
  const back: Step = {
    label: step.label,
    operations: invert(state.document, operations),
    burst: undefined,
  };
  store.setState({
    ...(operations.length > 0
      ? changed(store, document, { label: `${verb} ${step.label}`, operations })
      : {}),
    [from]: state[from].slice(0, -1),
    [to]: operations.length > 0 ? [...state[to], back] : state[to],
  });
  if (dropped.length > 0 || operations.length === 0) {
    tell(
      store,
      `${verb} “${step.label}” did not fit the changed pipeline any more.`,
    );
  }
}

/** As it stands when it fits; else (somebody else changed the document) what fits of it. */
function fit(document: PipelineDocument, step: Step): Rebased {
  const applied = apply(document, step.operations);
  return applied.ok
    ? { document: applied.document, changes: [step], dropped: [] }
    : rebase(document, [step]);
}

/** The new document with its change queued for the server. */
function changed(
  store: Store,
  document: PipelineDocument,
  change: Change,
): Pick<DocumentState, "document" | "pending" | "selection" | "save"> {
  const { pending, sending, selection, save } = store.getState();
  const last = pending.at(-1);
  const joins = last?.label === change.label && pending.length > sending;
  const queued = joins
    ? {
        ...last,
        operations: compress([...last.operations, ...change.operations]),
      }
    : change;
  return {
    document,
    pending: [...(joins ? pending.slice(0, -1) : pending), queued],
    selection: keepExisting(document, selection),
    save: save.kind === "failed" ? save : { kind: "saving" },
  };
}

/** Of neighbours at the same path only the last one matters. */
function compress(operations: readonly Operation[]): Operation[] {
  return operations.filter((operation, index) => {
    const next = operations[index + 1];
    return (
      operation.op !== "set" ||
      next?.path.join("\n") !== operation.path.join("\n")
    );
  });
}

/** The open pipeline's store: one a page. */
export const documentStore = createDocumentStore();

export function useDocument<T>(selector: (state: DocumentState) => T): T {
  return useStore(documentStore.api, selector);
}

/** The id of the selected node; undefined unless exactly one is selected. */
export function useSelectedNode(): string | undefined {
  return useDocument(({ selection }) =>
    selection.nodes.length === 1 ? selection.nodes[0] : undefined,
  );
}

/** Resolves when the server has everything; rejects with the reason when it cannot be saved now. */
export function whenSaved(): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = ({ pending, save }: DocumentState): boolean => {
      if (pending.length === 0) resolve();
      else if (save.kind === "failed")
        reject(new Error(`Not saved: ${save.reason}`));
      else return false;
      return true;
    };
    if (check(documentStore.api.getState())) return;
    const stop = documentStore.api.subscribe((state) => {
      if (check(state)) stop();
    });
  });
}
