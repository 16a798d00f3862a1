import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { showCard } from "../canvas/showCard";
import { documentStore } from "../document/store";

/** Selects a node, moves it into view, and goes to the field of its form that a diagnostic names. */
export function useShowNode(): (node: string, field: string) => void {
  const flow = useReactFlow();
  return useCallback(
    (node, field) => {
      documentStore.select({ nodes: [node], edges: [] });
      showCard(flow, node);
      if (field !== "") afterPaint(() => focusField(field));
    },
    [flow],
  );
}

/** The form of the node that has just been selected is there two frames later. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

/** Goes to the deepest field of the form that holds the path: "columns.2.name" may be a part of "columns". */
function focusField(path: string): void {
  for (
    let at = path;
    at !== "";
    at = at.slice(0, Math.max(0, at.lastIndexOf(".")))
  ) {
    const frame = document.querySelector(
      `[data-testid="inspector"] [data-testid="${CSS.escape(`field-${at}`)}"]`,
    );
    if (!frame) continue;
    frame.scrollIntoView({ block: "nearest" });
    frame
      .querySelector<HTMLElement>(
        "[aria-invalid=true], [data-invalid] [contenteditable=true], input, [contenteditable=true], button",
      )
      ?.focus();
    return;
  }
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
