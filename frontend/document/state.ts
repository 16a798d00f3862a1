import type { StoreApi } from "zustand/vanilla";
import { edgeKey, type PipelineDocument } from "./document";
import type { Change } from "./rebase";

/** One gesture in the history: its name and the operations that take it back (in `future`: that do it again). */
export interface Step extends Change {
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

export type Store = StoreApi<DocumentState>;

const NOTHING: Selection = { nodes: [], edges: [] };
const EMPTY: PipelineDocument = {
  format: 1,
  name: "",
  mode: "streaming",
  settings: {},
  nodes: {},
  edges: [],
};

export function closedState(): DocumentState {
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

/** The selection without what the document no longer has. */
export function keepExisting(
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

/** Has something said to the person, once. */
export function tell(store: Store, text: string): void {
  const number = (store.getState().notice?.number ?? 0) + 1;
  store.setState({ notice: { number, text } });
}
