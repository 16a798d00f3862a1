import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { isPartOf, type Span } from "./spans";

/** What is selected beside the script: a node and maybe a field of its form. */
export interface Place {
  node: string | undefined;
  field: string;
}

interface Known {
  spans: readonly Span[];
  place: Place;
  lit: DecorationSet;
}

export const setSpans = StateEffect.define<readonly Span[]>();
export const setPlace = StateEffect.define<Place>();

/** Which node and field wrote which characters. It moves with what is typed, so that it stays true for the rest. */
export const spanField = StateField.define<Known>({
  create: () => ({
    spans: [],
    place: { node: undefined, field: "" },
    lit: Decoration.none,
  }),
  update(known, { effects, changes, docChanged, state }) {
    let { spans, place } = known;
    if (docChanged) {
      spans = spans.map((span) => ({
        ...span,
        from: changes.mapPos(span.from, 1),
        to: changes.mapPos(span.to, span.field === "" ? -1 : 1),
      }));
    }
    for (const effect of effects) {
      if (effect.is(setSpans)) spans = effect.value;
      if (effect.is(setPlace)) place = effect.value;
    }
    if (spans === known.spans && place === known.place) return known;
    return { spans, place, lit: light(spans, place, state.doc) };
  },
  provide: (field) => EditorView.decorations.from(field, (known) => known.lit),
});

const statement = Decoration.line({ class: "mark-statement" });
const part = Decoration.mark({ class: "mark-field" });

function light(
  spans: readonly Span[],
  { node, field }: Place,
  text: EditorView["state"]["doc"],
): DecorationSet {
  const ranges = spans
    .filter((span) => span.node === node && span.to <= text.length)
    .flatMap(({ field: own, from, to }) => {
      if (own === "") {
        const first = text.lineAt(from).number;
        const last = text.lineAt(to).number;
        return Array.from({ length: last - first + 1 }, (_, index) =>
          statement.range(text.line(first + index).from),
        );
      }
      const meant = field !== "" && from < to && isPartOf(own, field);
      return meant ? [part.range(from, to)] : [];
    });
  return Decoration.set(ranges, true);
}

/** Where to scroll to for what is lit: the field's text, else its node's statement. */
export function litPlace(view: EditorView): number | undefined {
  const { spans, place } = view.state.field(spanField);
  const own = spans.filter(({ node }) => node === place.node);
  const field = own.find(
    (span) => place.field !== "" && isPartOf(span.field, place.field),
  );
  return (field ?? own[0])?.from;
}
