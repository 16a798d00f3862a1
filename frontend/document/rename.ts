import type { KindField } from "../api/types";
import {
  edgesOutOf,
  isObject,
  valueAt,
  type Json,
  type PipelineDocument,
} from "./document";
import { setValue, type Edit } from "./edits";
import type { Kinds } from "./kind";
import type { Operation } from "./operations";
import { identifier, tokenize, type Token } from "./sqlTokens";
import { quoteName } from "./sqlWords";

/** Renames a node and, in the same step, what its direct consumers say about it. */
export function renameNode(
  document: PipelineDocument,
  kinds: Kinds,
  id: string,
  name: string,
): Edit {
  const old = document.nodes[id]?.name ?? "";
  const operations: Operation[] = [
    { op: "set", path: ["nodes", id, "name"], value: name },
  ];
  const consumers = new Set(edgesOutOf(document, id).map((edge) => edge.to));
  for (const consumer of consumers) {
    operations.push(...rewriteConsumer(document, kinds, consumer, old, name));
  }
  return { label: `Rename ${old} to ${name}`, operations };
}

function rewriteConsumer(
  document: PipelineDocument,
  kinds: Kinds,
  consumer: string,
  old: string,
  name: string,
): Operation[] {
  const node = document.nodes[consumer];
  const fields = node ? (kinds.get(node.kind)?.fields ?? []) : [];
  return fields.flatMap((field) => {
    const value = node && valueAt(node.config, field.path);
    if (value === undefined) return [];
    const rewritten = rewriteValue(field, value, old, name);
    return rewritten === value
      ? []
      : [setValue(consumer, field.path, rewritten)];
  });
}

function rewriteValue(
  field: KindField,
  value: Json,
  old: string,
  name: string,
): Json {
  const rewrite = (text: Json): Json =>
    typeof text === "string" ? rewriteExpression(text, old, name) : text;
  switch (field.type) {
    case "expression":
      return rewrite(value);
    case "sql":
      return typeof value === "string" ? rewriteQuery(value, old, name) : value;
    case "expressionList":
      return rewriteList(value, rewrite);
    case "namedExpressions":
    case "tableColumns":
      return rewriteList(value, (row) => {
        if (!isObject(row) || row["expression"] === undefined) return row;
        const expression = rewrite(row["expression"]);
        return expression === row["expression"] ? row : { ...row, expression };
      });
    default:
      return value;
  }
}

function rewriteList(value: Json, rewrite: (item: Json) => Json): Json {
  if (!Array.isArray(value)) return value;
  const items = value.map(rewrite);
  return items.every((item, index) => item === value[index]) ? value : items;
}

/** `old.column` → `name.column`; strings, comments and names after a dot stay as they are. */
export function rewriteExpression(
  text: string,
  old: string,
  name: string,
): string {
  const tokens = meaningful(text);
  const hits = tokens.filter((_, index) => isQualifier(tokens, index, old));
  return replaceTokens(text, hits, name);
}

/** In a query the name is also a table: after FROM, JOIN, TABLE, or a comma between tables. */
export function rewriteQuery(text: string, old: string, name: string): string {
  const tokens = meaningful(text);
  const uses = new QueryReader(tokens, old).read();
  if (uses.shadowed) return text;
  const qualifiers = uses.aliased
    ? []
    : tokens.filter((_, index) => isQualifier(tokens, index, old));
  return replaceTokens(
    text,
    [...new Set([...uses.tables, ...qualifiers])],
    name,
  );
}

function meaningful(text: string): Token[] {
  return tokenize(text).filter((token) => token.kind !== "comment");
}

function isQualifier(tokens: Token[], index: number, old: string): boolean {
  return (
    identifier(tokens[index]) === old &&
    tokens[index + 1]?.text === "." &&
    tokens[index - 1]?.text !== "."
  );
}

const TABLE_FOLLOWS = new Set(["FROM", "JOIN", "TABLE"]);
const CLAUSE_ENDS = new Set(
  "SELECT WHERE GROUP HAVING ORDER ON USING WINDOW LIMIT QUALIFY SET UNION EXCEPT INTERSECT".split(
    " ",
  ),
);
const NOT_ALIASED = new Set([
  ...TABLE_FOLLOWS,
  ...CLAUSE_ENDS,
  "BY",
  "AND",
  "OR",
  "NOT",
  "IN",
]);

/** Walks a query once, knowing for each bracket level whether it stands between tables. */
class QueryReader {
  tables: Token[] = [];
  /** Another table bears the old name as its alias, so `old.` means that one. */
  aliased = false;
  /** A WITH query bears the old name. */
  shadowed = false;
  private readonly inFrom: boolean[] = [false];
  private readonly tokens: Token[];
  private readonly old: string;

  constructor(tokens: Token[], old: string) {
    this.tokens = tokens;
    this.old = old;
  }

  read(): this {
    this.tokens.forEach((token, index) => {
      const word =
        token.kind === "word" ? token.text.toUpperCase() : token.text;
      if (identifier(token) === this.old) this.meet(index);
      else if (token.text === "(") this.inFrom.push(false);
      else if (token.text === ")" && this.inFrom.length > 1) this.inFrom.pop();
      else if (TABLE_FOLLOWS.has(word))
        this.inFrom[this.inFrom.length - 1] = true;
      else if (CLAUSE_ENDS.has(word))
        this.inFrom[this.inFrom.length - 1] = false;
    });
    return this;
  }

  private meet(index: number): void {
    const token = this.tokens[index];
    const before = this.tokens[index - 1];
    const word =
      before?.kind === "word"
        ? before.text.toUpperCase()
        : (before?.text ?? "");
    if (!token || word === ".") return;
    const between = this.inFrom.at(-1) === true;
    if (TABLE_FOLLOWS.has(word) || (word === "," && between))
      this.tables.push(token);
    else if (between && this.isAlias(word, before)) this.aliased = true;
    else if (this.isWithName(index)) this.shadowed = true;
  }

  private isAlias(word: string, before: Token | undefined): boolean {
    if (word === "AS" || word === ")") return true;
    return identifier(before) !== undefined && !NOT_ALIASED.has(word);
  }

  private isWithName(index: number): boolean {
    return (
      this.tokens[index + 1]?.text.toUpperCase() === "AS" &&
      this.tokens[index + 2]?.text === "("
    );
  }
}

function replaceTokens(text: string, tokens: Token[], name: string): string {
  let result = text;
  for (const token of tokens.toSorted((a, b) => b.start - a.start)) {
    const written =
      token.kind === "quoted"
        ? `\`${name.replaceAll("`", "``")}\``
        : quoteName(name);
    result = result.slice(0, token.start) + written + result.slice(token.end);
  }
  return result;
}
