/**
 * Flink SQL cut into tokens: just enough to tell names from strings, quotes and comments. Colouring, completion and
 * renaming read it; whether a text is valid is the server's business.
 */
type TokenKind = "word" | "quoted" | "string" | "number" | "comment" | "symbol";

export interface Token {
  kind: TokenKind;
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  text: string;
}

const RULES: [TokenKind, RegExp][] = [
  ["comment", /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ["string", /'(?:[^']|'')*(?:'|$)/y],
  ["quoted", /`(?:[^`]|``)*(?:`|$)/y],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["word", /[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ["symbol", /<>|<=|>=|=>|\|\||[^\s]/uy],
];

const SPACE = /\s+/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    SPACE.lastIndex = at;
    if (SPACE.test(text)) {
      at = SPACE.lastIndex;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  for (const [kind, rule] of RULES) {
    rule.lastIndex = start;
    if (rule.test(text)) {
      const end = rule.lastIndex;
      return { kind, start, end, text: text.slice(start, end) };
    }
  }
  return {
    kind: "symbol",
    start,
    end: start + 1,
    text: text.slice(start, start + 1),
  };
}

/** The name that an identifier token stands for; undefined for anything else. */
export function identifier(token: Token | undefined): string | undefined {
  if (token?.kind === "word") return token.text;
  if (token?.kind === "quoted")
    return token.text.slice(1, -1).replaceAll("``", "`");
  return undefined;
}
