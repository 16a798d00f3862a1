import "./code.css";
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import { cspNonce } from "../ui/nonce";
import { sqlColours } from "./colours";
import { completeFrom, NO_VOCABULARY, type Vocabulary } from "./completion";
import { type Mark, markField, showMarks } from "./marks";

export interface CodeEditorProps {
  label: string;
  /** The config path of what is typed here, for those that look for it. */
  path?: string | undefined;
  value: string;
  /** One expression: grows with its lines. A query has room from the start. */
  shape: "expression" | "query";
  marks?: readonly Mark[];
  invalid?: boolean;
  placeholder?: string | undefined;
  vocabulary?: Vocabulary;
  onChange?: (value: string) => void;
  onFocus?: () => void;
  onBlur?: () => void;
}

const NO_MARKS: readonly Mark[] = [];

/** CodeMirror with Flink SQL's colours. Load it lazily: it is a third of the page. */
export function CodeEditor(props: CodeEditorProps) {
  const { value, marks = NO_MARKS, invalid = false } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const onUpdate = useEffectEvent((text: string) => props.onChange?.(text));
  const onFocus = useEffectEvent((focused: boolean) =>
    focused ? props.onFocus?.() : props.onBlur?.(),
  );
  const words = useEffectEvent(() => props.vocabulary ?? NO_VOCABULARY);
  const start = useEffectEvent((parent: HTMLElement) => {
    const listeners = [
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some(isOurs))
          onUpdate(update.state.doc.toString());
      }),
      // At once, unlike CodeMirror's own word of it: what was typed must be kept before the click that takes the focus.
      EditorView.domEventHandlers({
        focus: () => onFocus(true),
        blur: () => onFocus(false),
      }),
    ];
    return new EditorView({
      parent,
      doc: props.value,
      extensions: [extensionsFor(props, () => words()), listeners],
    });
  });

  useEffect(() => {
    if (!host.current) return;
    const editor = start(host.current);
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const text = view.current?.state.doc.toString();
    if (text === undefined || text === value) return;
    view.current?.dispatch({
      changes: { from: 0, to: text.length, insert: value },
      userEvent: "replaced",
    });
  }, [value]);

  useEffect(() => {
    if (view.current) showMarks(view.current, marks);
  }, [marks, value]);

  return (
    <div
      ref={host}
      data-invalid={invalid || undefined}
      data-field={props.path}
      className={`code code-${props.shape}`}
    />
  );
}

function isOurs(transaction: { isUserEvent: (event: string) => boolean }) {
  return transaction.isUserEvent("replaced");
}

function extensionsFor(
  { label, placeholder: hint }: CodeEditorProps,
  vocabulary: () => Vocabulary,
): Extension {
  const nonce = cspNonce();
  const common = [
    nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
    sqlColours,
    markField,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label }),
  ];
  return [
    common,
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({
      override: [completeFrom(vocabulary)],
      icons: false,
      maxRenderedOptions: 60,
    }),
    hint === undefined ? [] : placeholder(hint),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
  ];
}
