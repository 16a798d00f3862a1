import type { ReactFlowInstance } from "@xyflow/react";
import { duplicate } from "../document/clipboard";
import { edgeKey } from "../document/document";
import { remove } from "../document/edits";
import type { DocumentState } from "../document/state";
import { documentStore } from "../document/store";
import type { CardNode, FlowEdge } from "./flowNodes";
import { useRenaming } from "./renaming";

export type Flow = ReactFlowInstance<CardNode, FlowEdge>;

/** What a person can do to the canvas, once: buttons, keys and tooltips read the same value. */
export interface Command {
  id: string;
  label: (state: DocumentState) => string;
  /** As chord() writes them; the first is the one that is shown. */
  keys: readonly string[];
  enabled: (state: DocumentState) => boolean;
  run: (state: DocumentState, flow: Flow) => void;
}

/** Below this zoom a card is a coloured sign with a name: text would be too small to read and slow to draw. */
export const FAR = 0.45;

/** Below this one nobody can type on a card. */
const SMALL = 0.6;

const ZOOM = { duration: 150 };
export const FIT = { padding: 0.06, maxZoom: 1, duration: 200 };

const selected = ({ selection }: DocumentState) =>
  selection.nodes.length + selection.edges.length > 0;
const always = () => true;

export const undo: Command = {
  id: "undo",
  label: ({ past }) => {
    const step = past.at(-1);
    return step ? `Undo: ${step.label}` : "Nothing to undo";
  },
  keys: ["Mod+Z"],
  enabled: ({ past }) => past.length > 0,
  run: () => documentStore.undo(),
};

export const redo: Command = {
  id: "redo",
  label: ({ future }) => {
    const step = future.at(-1);
    return step ? `Redo: ${step.label}` : "Nothing to redo";
  },
  keys: ["Mod+Shift+Z", "Mod+Y"],
  enabled: ({ future }) => future.length > 0,
  run: () => documentStore.redo(),
};

const deleteSelection: Command = {
  id: "delete",
  label: () => "Delete",
  keys: ["Delete", "Backspace"],
  enabled: selected,
  run: ({ document, selection }) =>
    documentStore.edit(
      remove(document, [...selection.nodes], [...selection.edges]),
    ),
};

const duplicateSelection: Command = {
  id: "duplicate",
  label: () => "Duplicate",
  keys: ["Mod+D"],
  enabled: ({ selection }) => selection.nodes.length > 0,
  run: ({ document, selection }) => {
    const { nodes, ...edit } = duplicate(document, selection.nodes);
    if (documentStore.edit(edit)) documentStore.select({ nodes, edges: [] });
  },
};

const rename: Command = {
  id: "rename",
  label: () => "Rename",
  keys: ["F2"],
  enabled: ({ selection }) => selection.nodes.length === 1,
  run: ({ selection }, flow) => {
    const [node] = selection.nodes;
    // Far away the card is too small to type on: the name is in the form too.
    if (flow.getZoom() < SMALL) focusName();
    else useRenaming.setState({ node });
  },
};

export function focusName(): void {
  document
    .querySelector<HTMLInputElement>('[data-testid="field-name"] input')
    ?.select();
}

const selectAll: Command = {
  id: "selectAll",
  label: () => "Select all",
  keys: ["Mod+A"],
  enabled: always,
  run: ({ document }) =>
    documentStore.select({
      nodes: Object.keys(document.nodes),
      edges: document.edges.map(edgeKey),
    }),
};

const selectNothing: Command = {
  id: "selectNothing",
  label: () => "Select nothing",
  keys: ["Escape"],
  enabled: selected,
  run: () => documentStore.select({ nodes: [], edges: [] }),
};

export const zoomIn: Command = {
  id: "zoomIn",
  label: () => "Zoom in",
  keys: ["Mod++", "Mod+="],
  enabled: always,
  run: (_, flow) => void flow.zoomIn(ZOOM),
};

export const zoomOut: Command = {
  id: "zoomOut",
  label: () => "Zoom out",
  keys: ["Mod+-"],
  enabled: always,
  run: (_, flow) => void flow.zoomOut(ZOOM),
};

export const zoomActual: Command = {
  id: "zoomActual",
  label: () => "Zoom to 100 %",
  keys: ["Mod+0"],
  enabled: always,
  run: (_, flow) => void flow.zoomTo(1, ZOOM),
};

export const fit: Command = {
  id: "fit",
  label: () => "Show all",
  keys: ["Shift+1", "Shift+!"],
  enabled: ({ document }) => Object.keys(document.nodes).length > 0,
  run: (_, flow) => void flow.fitView(FIT),
};

const commands: readonly Command[] = [
  undo,
  redo,
  deleteSelection,
  duplicateSelection,
  rename,
  selectAll,
  selectNothing,
  zoomIn,
  zoomOut,
  zoomActual,
  fit,
];

/** A key press as commands name it: "Mod+Shift+Z". Mod is Ctrl, or Cmd on a Mac. */
export function chord(event: KeyboardEvent): string {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key !== "+") parts.push("Shift");
  parts.push(event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return parts.join("+");
}

export function commandFor(event: KeyboardEvent): Command | undefined {
  const pressed = chord(event);
  return commands.find((command) => command.keys.includes(pressed));
}

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

export function shownKey(command: Command): string {
  const key = command.keys[0] ?? "";
  return mac
    ? key.replace("Mod+", "⌘").replace("Shift+", "⇧")
    : key.replace("Mod", "Ctrl");
}
