import {
  type EditorState,
  RangeSetBuilder,
  StateField,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { tokenize, type Token } from "../document/sqlTokens";
import { SQL_KEYWORDS, SQL_TYPES } from "../document/sqlWords";

/** Colours Flink SQL with the same tokens that renaming reads: no grammar to load, none that knows another dialect. */
export const sqlColours = StateField.define<DecorationSet>({
  create: colour,
  update: (colours, transaction) =>
    transaction.docChanged ? colour(transaction.state) : colours,
  provide: (field) => EditorView.decorations.from(field),
});

const marks = new Map<string, Decoration>();

function mark(name: string): Decoration {
  const made = marks.get(name) ?? Decoration.mark({ class: `sql-${name}` });
  marks.set(name, made);
  return made;
}

function colour(state: EditorState): DecorationSet {
  const tokens = tokenize(state.doc.toString());
  const builder = new RangeSetBuilder<Decoration>();
  tokens.forEach((token, index) => {
    const name = className(token, tokens[index + 1]);
    if (name) builder.add(token.start, token.end, mark(name));
  });
  return builder.finish();
}

function className(token: Token, next: Token | undefined): string | undefined {
  if (token.kind !== "word")
    return token.kind === "symbol" ? undefined : token.kind;
  const word = token.text.toUpperCase();
  if (SQL_TYPES.has(word)) return "type";
  const called = next?.text === "(" && next.start === token.end;
  if (called && !CLAUSES.has(word)) return "function";
  return SQL_KEYWORDS.has(word) ? "keyword" : undefined;
}

/** Words before a bracket that are no functions. */
const CLAUSES = new Set(
  "IN AS AND OR NOT ON BY FROM JOIN SELECT WHERE HAVING OVER VALUES USING WITH TABLE EXISTS WHEN THEN ELSE UNION EXCEPT INTERSECT KEY FILTER".split(
    " ",
  ),
);
