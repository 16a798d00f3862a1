import "./code.css";
import type { EditorView } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import type { Vocabulary } from "./completion";
import { type Mark, showMarks } from "./marks";
import { reveal, showText, startScript } from "./scriptView";
import { litPlace, type Place, setPlace } from "./scriptSpans";
import type { Span } from "./spans";

export interface ScriptEditorProps {
  text: string;
  /** Who wrote which characters of the text; undefined for a draft, in which the last known ones move along. */
  spans: readonly Span[] | undefined;
  place: Place;
  /** undefined while nobody knows: what was marked stays. */
  marks: readonly Mark[] | undefined;
  /** An offset to go to; the number makes two equal ones different. */
  goTo: { offset: number; number: number } | undefined;
  vocabulary: Vocabulary;
  onType: (text: string) => void;
  onSend: () => void;
  onLeave: () => void;
  /** Escape; says whether it meant something. */
  onDone: () => boolean;
  /** The caret came to characters of a node. */
  onCaret: (span: Span) => void;
  /** Ctrl or Cmd and click, or Alt+Enter: to the field that wrote the characters, with the offset among them. */
  onGo: (span: Span, characters: string, offset: number) => void;
}

/** The script as a text to write in. Load it lazily: it is a third of the page. */
export function ScriptEditor(props: ScriptEditorProps) {
  const { text, spans, place, marks, goTo } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const live = useEffectEvent(() => props);

  useEffect(() => {
    if (!host.current) return;
    const started = startScript(host.current, () => live());
    view.current = started;
    return () => started.destroy();
  }, []);

  useEffect(() => {
    if (view.current) showText(view.current, text, spans);
  }, [text, spans]);

  useEffect(() => {
    if (marks && view.current) showMarks(view.current, marks);
  }, [marks]);

  useEffect(() => {
    if (!view.current) return;
    view.current.dispatch({ effects: setPlace.of(place) });
    const at = litPlace(view.current);
    if (at !== undefined && !view.current.hasFocus) reveal(view.current, at);
  }, [place, spans]);

  useEffect(() => {
    if (!goTo || !view.current) return;
    const anchor = Math.min(goTo.offset, view.current.state.doc.length);
    view.current.dispatch({ selection: { anchor } });
    reveal(view.current, anchor);
    view.current.focus();
  }, [goTo]);

  return <div ref={host} className="code code-script" />;
}
