import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { edgeKey, type PipelineDocument } from "./document";
import type { Edit } from "./edits";
import { apply, invert, type Operation } from "./operations";
import { rebase, type Change, type Rebased } from "./rebase";

/** One gesture in the history: its name and the operations that take it back (in `future`: that do it again). */
interface Step extends Change {
  /** Edits of one burst (typing in one field, arrow keys) bear the same mark and are one step. */
  burst: string | undefined;
}

export interface Selection {
  nodes: readonly string[];
  edges: readonly string[];
}

type SaveState =
  | { kind: "saved" }
  | { kind: "saving" }
  | { kind: "failed"; reason: string; retrying: boolean };

export interface DocumentState {
  /** The pipeline's id; "" before one is open. */
  pipeline: string;
  document: PipelineDocument;
  /** The server's revision that `document` is, once `pending` is applied to it. */
  revision: number;
  pending: readonly Change[];
  /** How many of the first pending changes are under way to the server. */
  sending: number;
  past: readonly Step[];
  future: readonly Step[];
  selection: Selection;
  save: SaveState;
  /** What the person should be told once; the number makes two equal ones different. */
  notice: { number: number; text: string } | undefined;
}

export interface ServerDocument {
  revision: number;
  document: PipelineDocument;
}

const HISTORY_LIMIT = 500;
const NOTHING: Selection = { nodes: [], edges: [] };
const EMPTY: PipelineDocument = {
  format: 1,
  name: "",
  mode: "streaming",
  settings: {},
  nodes: {},
  edges: [],
};

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

function closedState(): DocumentState {
  return {
    pipeline: "",
    document: EMPTY,
    revision: 0,
    pending: [],
    sending: 0,
    past: [],
    future: [],
    selection: NOTHING,
    save: { kind: "saved" },
    notice: undefined,
  };
}

type Store = StoreApi<DocumentState>;

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

function keepExisting(
  document: PipelineDocument,
  selection: Selection,
): Selection {
  const keys = new Set(
    selection.edges.length > 0 ? document.edges.map(edgeKey) : [],
  );
  const nodes = selection.nodes.filter((id) =>
    Object.hasOwn(document.nodes, id),
  );
  const edges = selection.edges.filter((key) => keys.has(key));
  const same =
    nodes.length === selection.nodes.length &&
    edges.length === selection.edges.length;
  return same ? selection : { nodes, edges };
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

function takeBatch(
  store: Store,
): { revision: number; changes: readonly Change[] } | undefined {
  const { pending, sending, revision, save } = store.getState();
  if (pending.length === 0 || sending > 0) return undefined;
  store.setState({
    sending: pending.length,
    save: save.kind === "failed" ? save : { kind: "saving" },
  });
  return { revision, changes: pending };
}

function batchSaved(store: Store, revision: number): void {
  const { pending, sending } = store.getState();
  const rest = pending.slice(sending);
  store.setState({
    revision,
    pending: rest,
    sending: 0,
    save: rest.length > 0 ? { kind: "saving" } : { kind: "saved" },
  });
}

function batchRefused(
  store: Store,
  server: ServerDocument,
  reason: string,
): void {
  const { pending, sending } = store.getState();
  rebaseOnto(store, server, pending.slice(sending));
  const labels = pending.slice(0, sending).map((change) => `“${change.label}”`);
  tell(store, `The server did not take ${labels.join(", ")}: ${reason}`);
}

function rebaseOnto(
  store: Store,
  server: ServerDocument,
  pending: readonly Change[],
): void {
  const { document, changes, dropped } = rebase(server.document, pending);
  store.setState({
    revision: server.revision,
    document,
    pending: changes,
    sending: 0,
    selection: keepExisting(document, store.getState().selection),
    save: changes.length > 0 ? { kind: "saving" } : { kind: "saved" },
  });
  if (dropped.length > 0) {
    const labels = dropped.map((label) => `“${label}”`).join(", ");
    tell(
      store,
      `Somebody else changed this pipeline. ${labels} did not fit any more and is undone.`,
    );
  }
}

function tell(store: Store, text: string): void {
  const number = (store.getState().notice?.number ?? 0) + 1;
  store.setState({ notice: { number, text } });
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
