import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from "@codemirror/autocomplete";
import { identifier, type Token, tokenize } from "../document/sqlTokens";
import { quoteName } from "../document/sqlWords";

/** What an expression may speak of. */
export interface Vocabulary {
  /** Tables (input nodes) with their columns. */
  tables: readonly {
    name: string;
    /** The name of a port (left, right), which is written without back-ticks though it is a word of SQL. */
    isPort: boolean;
    columns: readonly { name: string; type: string }[];
  }[];
  functions: readonly { name: string; kind: string; signatures: string[] }[];
  /** Whether tables themselves may be named, as after FROM. */
  query: boolean;
}

export const NO_VOCABULARY: Vocabulary = {
  tables: [],
  functions: [],
  query: false,
};

const EXPRESSION_WORDS =
  "AND OR NOT IS NULL LIKE IN BETWEEN CASE WHEN THEN ELSE END CAST INTERVAL TRUE FALSE DISTINCT".split(
    " ",
  );
const QUERY_WORDS =
  "SELECT FROM WHERE GROUP BY HAVING ORDER JOIN LEFT RIGHT FULL ON UNION ALL AS OVER PARTITION LIMIT TABLE DESCRIPTOR TUMBLE HOP CUMULATE SESSION".split(
    " ",
  );

/** Completes columns, tables, functions and words; asks for the vocabulary when it is needed. */
export function completeFrom(vocabulary: () => Vocabulary): CompletionSource {
  return (context) => complete(context, vocabulary());
}

function complete(
  context: CompletionContext,
  vocabulary: Vocabulary,
): CompletionResult | null {
  const word = context.matchBefore(/`?[\p{L}\p{N}_$]*/u);
  const from = word?.from ?? context.pos;
  const tokens = tokenize(context.state.doc.sliceString(0, context.pos));
  if (isOpenText(tokens.at(-1), context.pos)) return null;
  const before = tokens.filter((token) => token.end <= from);
  const last = before.at(-1);
  if (last?.text === ".") {
    const table = identifier(before.at(-2));
    return { from, options: columnsOf(vocabulary, table), validFor: NAME };
  }
  if (!context.explicit && from === context.pos) return null;
  return { from, options: allOptions(vocabulary), validFor: NAME };
}

/** Whether the text stops inside a string or a comment. */
function isOpenText(token: Token | undefined, end: number): boolean {
  if (token?.end !== end) return false;
  if (token.kind === "string") return token.text.split("'").length % 2 === 0;
  return token.kind === "comment" && !token.text.endsWith("*/");
}

const NAME = /^`?[\p{L}\p{N}_$]*$/u;

function columnsOf(
  { tables }: Vocabulary,
  table: string | undefined,
): Completion[] {
  return tables
    .filter(({ name, isPort }) =>
      isPort ? name === table?.toLowerCase() : name === table,
    )
    .flatMap(({ columns }) => columns.map((column) => columnOption(column, 2)));
}

function allOptions(vocabulary: Vocabulary): Completion[] {
  const { tables, functions, query } = vocabulary;
  const several = tables.length > 1 || query;
  const columns = new Map<string, Completion>();
  for (const table of tables) {
    for (const column of table.columns) {
      if (!columns.has(column.name))
        columns.set(column.name, columnOption(column, 3));
    }
  }
  return [
    ...columns.values(),
    ...(several ? tables.map(tableOption) : []),
    ...functions.map(functionOption),
    ...[...EXPRESSION_WORDS, ...(query ? QUERY_WORDS : [])].map(wordOption),
  ];
}

function columnOption(
  { name, type }: { name: string; type: string },
  boost: number,
): Completion {
  return {
    label: name,
    apply: quoteName(name),
    type: "column",
    detail: type,
    boost,
  };
}

function tableOption({
  name,
  isPort,
}: Vocabulary["tables"][number]): Completion {
  return {
    label: name,
    apply: isPort ? name : quoteName(name),
    type: "table",
    detail: "input",
    boost: 2,
  };
}

function functionOption({
  name,
  kind,
  signatures,
}: Vocabulary["functions"][number]): Completion {
  const own = kind !== "builtin";
  const [signature] = signatures;
  return {
    label: own ? name : name.toUpperCase(),
    type: "function",
    boost: own ? 1 : -1,
    ...(own ? { detail: "UDF" } : {}),
    ...(signature === undefined ? {} : { info: signatures.join("\n") }),
    apply: (view, completion, from, to) => {
      const insert = `${completion.label}()`;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length - 1 },
      });
    },
  };
}

function wordOption(word: string): Completion {
  return { label: word, type: "keyword", boost: -50 };
}
