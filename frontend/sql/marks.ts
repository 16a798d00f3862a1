import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** A stretch of the text with a class, such as a mistake to underline. UTF-16 offsets. */
export interface Mark {
  from: number;
  to: number;
  className: string;
  title?: string;
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
    if (from === to) return [];
    const attributes = mark.title ? { title: mark.title } : {};
    return [
      Decoration.mark({ class: mark.className, attributes }).range(from, to),
    ];
  });
  return Decoration.set(ranges, true);
}
