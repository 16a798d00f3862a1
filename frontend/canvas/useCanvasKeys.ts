import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { clipOf, paste, parseClip } from "../document/clipboard";
import { remove } from "../document/edits";
import { documentStore } from "../document/store";
import { commandFor } from "./commands";
import type { CardNode, FlowEdge } from "./flowNodes";

/** Runs commands by key and carries nodes over the clipboard, except while somebody types into a field. */
export function useCanvasKeys(): void {
  const flow = useReactFlow<CardNode, FlowEdge>();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      const command = commandFor(event);
      const state = documentStore.api.getState();
      if (!command?.enabled(state)) return;
      event.preventDefault();
      command.run(state, flow);
    };
    const listeners = {
      keydown: onKey,
      copy: onCopy,
      cut: onCut,
      paste: onPaste,
    };
    const entries = Object.entries(listeners) as [string, EventListener][];
    for (const [type, listener] of entries)
      window.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of entries)
        window.removeEventListener(type, listener);
    };
  }, [flow]);
}

/** Keys belong to text fields, dialogs, menus and grids before they belong to the canvas. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input, textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=grid]",
    ) !== null
  );
}

function onCopy(event: ClipboardEvent): boolean {
  const { document, selection } = documentStore.api.getState();
  const marked = window.getSelection()?.toString() ?? "";
  // A button that copies something else has filled the event by now.
  if (event.defaultPrevented || isElsewhere(event.target)) return false;
  if (marked || selection.nodes.length === 0) return false;
  const clip = clipOf(document, selection.nodes);
  event.clipboardData?.setData("text/plain", JSON.stringify(clip, null, 2));
  event.preventDefault();
  return true;
}

function onCut(event: ClipboardEvent): void {
  if (!onCopy(event)) return;
  const { document, selection } = documentStore.api.getState();
  const { operations } = remove(document, [...selection.nodes], []);
  const count = selection.nodes.length;
  const label = count === 1 ? "Cut a node" : `Cut ${count} nodes`;
  documentStore.edit({ label, operations });
}

function onPaste(event: ClipboardEvent): void {
  if (isElsewhere(event.target)) return;
  const clip = parseClip(event.clipboardData?.getData("text/plain") ?? "");
  if (!clip) return;
  event.preventDefault();
  const { document } = documentStore.api.getState();
  const { nodes, ...edit } = paste(document, clip);
  if (documentStore.edit(edit)) documentStore.select({ nodes, edges: [] });
}
