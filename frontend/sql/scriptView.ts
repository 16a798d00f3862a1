import { autocompletion, closeBrackets } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { Compartment, type Extension, Transaction } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLineGutter,
  lineNumbers,
  type ViewUpdate,
} from "@codemirror/view";
import { cspNonce } from "../ui/nonce";
import { sqlColours } from "./colours";
import { completeFrom } from "./completion";
import { markField, showMarks } from "./marks";
import { replacement, samePlace } from "./rewriting";
import type { ScriptEditorProps } from "./ScriptEditor";
import { scriptKeys } from "./scriptKeys";
import { setSpans, spanField } from "./scriptSpans";
import { type Span, spanAt } from "./spans";

const CARET_PAUSE_MS = 120;

/** Its undo is about the text as the person found it; a formatted one begins a new history. */
const past = new Compartment();

type Live = () => ScriptEditorProps;

export function startScript(parent: HTMLElement, live: Live): EditorView {
  const nonce = cspNonce();
  return new EditorView({
    parent,
    doc: live().text,
    extensions: [
      nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
      past.of(history()),
      sqlColours,
      markField,
      spanField,
      lineNumbers(),
      highlightActiveLineGutter(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({
        override: [completeFrom(() => live().vocabulary)],
        defaultKeymap: false,
        icons: false,
        maxRenderedOptions: 60,
      }),
      scriptKeys({
        onSend: () => live().onSend(),
        onDone: () => live().onDone(),
        onGo: (view, offset) => go(view, offset, live()),
      }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": "Flink SQL of this pipeline",
        tabindex: "0",
      }),
      listeners(live),
    ],
  });
}

function listeners(live: Live): Extension {
  let rest: ReturnType<typeof setTimeout> | undefined;
  const onUpdate = (update: ViewUpdate) => {
    const ours = update.transactions.some((one) => one.isUserEvent("replaced"));
    if (update.docChanged && !ours) live().onType(update.state.doc.toString());
    if (update.selectionSet && !update.docChanged && !ours) {
      clearTimeout(rest);
      rest = setTimeout(() => {
        const at = update.view.state.selection.main.head;
        const span = spanIn(update.view, at);
        if (span && update.view.hasFocus) live().onCaret(span);
      }, CARET_PAUSE_MS);
    }
  };
  return [
    EditorView.updateListener.of(onUpdate),
    EditorView.domEventHandlers({
      // A window that loses the focus keeps its caret: nobody has left the text.
      blur: () => {
        if (document.hasFocus()) live().onLeave();
      },
      click: (event, view) => {
        if (!event.ctrlKey && !event.metaKey) return;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at !== null) go(view, at, live());
      },
    }),
  ];
}

function spanIn(view: EditorView, offset: number): Span | undefined {
  return spanAt(view.state.field(spanField).spans, offset);
}

function go(view: EditorView, offset: number, { onGo }: ScriptEditorProps) {
  const span = spanIn(view, offset);
  if (span)
    onGo(span, view.state.sliceDoc(span.from, span.to), offset - span.from);
}

/** Puts a text in the place of another, touching only what differs, and says who wrote it. */
export function showText(
  view: EditorView,
  text: string,
  spans: readonly Span[] | undefined,
): void {
  const before = view.state.doc.toString();
  if (before !== text) {
    const caret = view.state.selection.main.head;
    view.dispatch({
      changes: replacement(before, text),
      selection: { anchor: samePlace(before, caret, text) },
      userEvent: "replaced",
      annotations: Transaction.addToHistory.of(false),
      effects: past.reconfigure([]),
    });
    view.dispatch({ effects: past.reconfigure(history()) });
    showMarks(view, []);
  }
  if (spans) view.dispatch({ effects: setSpans.of(spans) });
}

export function reveal(view: EditorView, offset: number): void {
  view.dispatch({
    effects: EditorView.scrollIntoView(offset, { y: "start", yMargin: 24 }),
  });
}
