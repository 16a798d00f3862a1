import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import { showCard } from "../canvas/showCard";
import { documentStore } from "../document/store";
import { drafts } from "../sql/drafts";

type ShowNode = (node: string, field: string, caret?: Caret) => void;

/** Finds the place for the caret in a field's text. */
type Caret = (text: string) => number;

/** Selects a node, moves it into view, and goes to the field of its form that a diagnostic or a caret names. */
export function useShowNode(): ShowNode {
  const flow = useReactFlow();
  return useCallback(
    (node, field, caret) => {
      documentStore.select({ nodes: [node], edges: [] });
      showCard(flow, node);
      if (field !== "") afterPaint(() => focusField(field, caret));
    },
    [flow],
  );
}

/** A node that the SQL adds is moved into view, as one of the palette is. */
export function useShowAdded(pipeline: string): void {
  const flow = useReactFlow();
  useEffect(
    () =>
      drafts.api.subscribe((now, before) => {
        const phase = now[pipeline]?.phase;
        if (phase?.kind !== "taken" || phase === before[pipeline]?.phase)
          return;
        if (phase.change.newest !== "") showCard(flow, phase.change.newest);
      }),
    [flow, pipeline],
  );
}

/** The form of the node that has just been selected is there two frames later. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

/** Goes to the deepest part of the form that holds the path: "columns.2.name" may be a part of "columns". */
function focusField(path: string, caret: Caret | undefined): void {
  const form = document.querySelector('[data-testid="inspector"]');
  for (
    let at = path;
    at !== "";
    at = at.slice(0, Math.max(0, at.lastIndexOf(".")))
  ) {
    const name = CSS.escape(at);
    const part =
      form?.querySelector(`[data-field="${name}"]`) ??
      form?.querySelector(`[data-testid="field-${name}"]`);
    if (!part) continue;
    openFolded(part);
    part.scrollIntoView({ block: "nearest" });
    const control = controlIn(part);
    control?.focus();
    if (control && caret) void placeCaret(control, caret);
    return;
  }
}

const CONTROLS = "input, [contenteditable=true], button";

function controlIn(part: Element): HTMLElement | undefined {
  if (part instanceof HTMLElement && part.matches(CONTROLS)) return part;
  return (
    part.querySelector<HTMLElement>(
      "[aria-invalid=true], [data-invalid] [contenteditable=true]",
    ) ??
    part.querySelector<HTMLElement>(CONTROLS) ??
    undefined
  );
}

/** Options that are folded away cannot take the focus. */
function openFolded(part: Element): void {
  const folded = part.closest("details");
  if (folded) folded.open = true;
}

async function placeCaret(control: HTMLElement, caret: Caret): Promise<void> {
  if (control instanceof HTMLInputElement) {
    const at = caret(control.value);
    if (control.type === "text") control.setSelectionRange(at, at);
    return;
  }
  // CodeMirror is in the page already when there is one of its editors.
  const { EditorView } = await import("@codemirror/view");
  const view = EditorView.findFromDOM(control);
  if (!view) return;
  const text = view.state.doc.toString();
  const anchor = Math.min(text.length, Math.max(0, caret(text)));
  view.dispatch({ selection: { anchor }, scrollIntoView: true });
}

/** Goes to the first thing that the node's form is about; its name comes last. */
export function focusForm(): void {
  afterPaint(() => {
    const form = document.querySelector('[data-testid="inspector"]');
    const control =
      form?.querySelector<HTMLElement>(
        '[data-testid^="field-"]:not([data-testid="field-name"], [data-testid="field-inputs"]) :is(input, [contenteditable=true], button)',
      ) ?? form?.querySelector<HTMLElement>("input");
    control?.focus();
  });
}
