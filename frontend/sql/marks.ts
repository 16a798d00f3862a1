import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** A stretch of the text with a class: a mistake to underline, a statement to light up. UTF-16 offsets. */
export interface Mark {
  from: number;
  to: number;
  className: string;
  title?: string;
  /** Light up whole lines instead of the characters. */
  lines?: boolean;
}

const setMarks = StateEffect.define<readonly Mark[]>();

export const markField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = draw(effect.value, transaction.state.doc);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  view.dispatch({ effects: setMarks.of(marks) });
}

type Text = EditorView["state"]["doc"];

function draw(marks: readonly Mark[], text: Text): DecorationSet {
  const ranges = marks.flatMap((mark) => {
    const from = Math.min(mark.from, text.length);
    const to = Math.min(Math.max(mark.to, from), text.length);
    if (mark.lines) return lines(mark, text, from, to);
    if (from === to) return [];
    const attributes = mark.title ? { title: mark.title } : {};
    return [
      Decoration.mark({ class: mark.className, attributes }).range(from, to),
    ];
  });
  return Decoration.set(ranges, true);
}

function lines(mark: Mark, text: Text, from: number, to: number) {
  const decoration = Decoration.line({ class: mark.className });
  const first = text.lineAt(from).number;
  const last = text.lineAt(to).number;
  return Array.from({ length: last - first + 1 }, (_, index) =>
    decoration.range(text.line(first + index).from),
  );
}
