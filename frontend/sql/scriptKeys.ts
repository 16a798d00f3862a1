import {
  acceptCompletion,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
  selectedCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";

/** Keys of the script beside those of every editor; each says whether it was taken. */
export interface ScriptKeys {
  onSend: () => void;
  onGo: (view: EditorView, offset: number) => void;
  /** Escape, when it closes nothing in the editor. */
  onDone: () => boolean;
}

export function scriptKeys({ onSend, onGo, onDone }: ScriptKeys): Extension {
  return keymap.of([
    { key: "Mod-Enter", run: () => (onSend(), true) },
    {
      key: "Alt-Enter",
      run: (view) => (onGo(view, view.state.selection.main.head), true),
    },
    { key: "Enter", run: acceptUnlessWhole },
    { key: "Tab", run: acceptCompletion },
    ...closeBracketsKeymap,
    ...completionKeymap.filter(({ key }) => key !== "Enter"),
    { key: "Escape", run: onDone },
    ...defaultKeymap,
    ...historyKeymap,
  ]);
}

/** Enter takes what is offered, but behind a word that is whole it begins a line. */
function acceptUnlessWhole(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  const { head } = view.state.selection.main;
  const offered = selectedCompletion(view.state)?.label ?? "";
  const typed = view.state.sliceDoc(Math.max(0, head - offered.length), head);
  if (typed.toUpperCase() === offered.toUpperCase()) return false;
  return acceptCompletion(view);
}
