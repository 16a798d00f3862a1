import { identifier, tokenize, type Token } from "./sqlTokens";
import { quoteName } from "./sqlWords";

// A node's name in the SQL texts that speak of it, made into another one.

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

/** A hint names tables as words or as texts, in its arguments: BROADCAST(old), STATE_TTL('old' = '1d'). */
export function rewriteHint(text: string, old: string, name: string): string {
  const tokens = meaningful(text);
  const opened = tokens.findIndex((token) => token.text === "(");
  const hits = tokens.filter((token, index) => {
    if (opened < 0 || index <= opened) return false;
    // A text behind = is a value, unless the key says that it is a table.
    const isValue = tokens[index - 1]?.text === "=";
    if (isValue && textOf(tokens[index - 2])?.toLowerCase() !== "table")
      return false;
    return identifier(token) === old || textOf(token) === old;
  });
  return replaceTokens(text, hits, name);
}

function textOf(token: Token | undefined): string | undefined {
  return token?.kind === "string"
    ? token.text.slice(1, -1).replaceAll("''", "'")
    : undefined;
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

interface Level {
  /** Between tables: after FROM, JOIN or TABLE, until the next clause. */
  inFrom: boolean;
  /** A SELECT stands at this level, so its FROM is a clause and not EXTRACT's or TRIM's. */
  selects: boolean;
}

/** Walks a query once, knowing for each bracket level whether it stands between tables. */
class QueryReader {
  tables: Token[] = [];
  /** Another table bears the old name as its alias, so `old.` means that one. */
  aliased = false;
  /** A WITH query bears the old name. */
  shadowed = false;
  private readonly levels: Level[] = [{ inFrom: false, selects: false }];
  private readonly tokens: Token[];
  private readonly old: string;

  constructor(tokens: Token[], old: string) {
    this.tokens = tokens;
    this.old = old;
  }

  read(): this {
    this.tokens.forEach((token, index) => {
      if (identifier(token) === this.old) this.meet(token, index);
      else if (token.text === "(")
        this.levels.push({ inFrom: false, selects: false });
      else if (token.text === ")" && this.levels.length > 1) this.levels.pop();
      else this.pass(wordOf(token), wordOf(this.tokens[index - 1]));
    });
    return this;
  }

  private level(): Level {
    return this.levels.at(-1) ?? { inFrom: false, selects: false };
  }

  private pass(word: string, before: string): void {
    const level = this.level();
    if (word === "FROM") {
      // Not of EXTRACT(DAY FROM x), nor of IS DISTINCT FROM.
      if (level.selects && before !== "DISTINCT") level.inFrom = true;
    } else if (TABLE_FOLLOWS.has(word)) level.inFrom = true;
    else if (CLAUSE_ENDS.has(word)) level.inFrom = false;
    if (word === "SELECT") level.selects = true;
  }

  private meet(token: Token, index: number): void {
    const before = wordOf(this.tokens[index - 1]);
    const next = this.tokens[index + 1]?.text;
    if (before === "." || next === "(") return;
    const { inFrom } = this.level();
    if (inFrom && (TABLE_FOLLOWS.has(before) || before === ","))
      this.tables.push(token);
    else if (inFrom && this.isAlias(before, index)) this.aliased = true;
    else if (this.isWithName(index)) this.shadowed = true;
  }

  private isAlias(before: string, index: number): boolean {
    if (before === "AS" || before === ")") return true;
    const named = identifier(this.tokens[index - 1]) !== undefined;
    return named && !NOT_ALIASED.has(before);
  }

  private isWithName(index: number): boolean {
    return (
      wordOf(this.tokens[index + 1]) === "AS" &&
      this.tokens[index + 2]?.text === "("
    );
  }
}

/** A word in capitals; of any other token its text. */
function wordOf(token: Token | undefined): string {
  if (!token) return "";
  return token.kind === "word" ? token.text.toUpperCase() : token.text;
}

function replaceTokens(text: string, tokens: Token[], name: string): string {
  let result = text;
  for (const token of tokens.toSorted((a, b) => b.start - a.start)) {
    const written = writtenAs(token, name);
    result = result.slice(0, token.start) + written + result.slice(token.end);
  }
  return result;
}

/** The name in the way in which the token wrote its own. */
function writtenAs({ kind }: Token, name: string): string {
  if (kind === "string") return `'${name.replaceAll("'", "''")}'`;
  return kind === "quoted"
    ? `\`${name.replaceAll("`", "``")}\``
    : quoteName(name);
}
