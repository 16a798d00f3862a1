import type { Json } from "../document/document";
import { rootOf } from "./values";

// Stand-ins for values that nobody else may see: of the same type and shape, and the same one for the same value, so that
// joins and groups still work. The salt is never kept, so that a stand-in cannot be traced back by trying values.

/** Makes stand-ins. Two of the same salt make the same ones. */
export function masker(salt: string): (value: Json, type: string) => Json {
  return (value, type) => standIn(value, rootOf(type), salt);
}

/** A salt that is made anew with each load of the page. */
export function newSalt(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4))).join(" ");
}

// Digits of the largest number of a type: with one less, every number fits.
const digits: Record<string, number> = {
  TINYINT: 3,
  SMALLINT: 5,
  INT: 10,
  INTEGER: 10,
  BIGINT: 19,
};

function standIn(value: Json, root: string, salt: string): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => standIn(item, "", salt));
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        standIn(item, "", salt),
      ]),
    );
  }
  if (typeof value === "boolean") return false;
  const text = String(value);
  const draw = drawing(`${salt}\n${text}`);
  if (typeof value === "number") return number(value, root, draw);
  switch (root) {
    case "DATE":
    case "TIME":
    case "TIMESTAMP":
    case "TIMESTAMP_LTZ":
      return moment(text, draw);
    case "BIGINT":
      return wholeNumber(text, root, draw);
    case "BINARY":
    case "VARBINARY":
    case "BYTES":
      return text.replaceAll(/[0-9a-f]/g, () => draw(16).toString(16));
    case "DECIMAL":
    case "NUMERIC":
      return decimal(text, draw);
    case "FLOAT":
    case "DOUBLE":
      return text; // NaN and the infinities say nothing
    default:
      return likeness(text, draw);
  }
}

type Draw = (below: number) => number;

function number(value: number, root: string, draw: Draw): number {
  const text = String(value);
  if (digits[root]) return Number(wholeNumber(text, root, draw));
  return /e/i.test(text) ? draw(1000) : Number(decimal(text, draw));
}

function wholeNumber(text: string, root: string, draw: Draw): string {
  const [, sign = "", given = ""] = /^([+-]?)(\d+)/.exec(text) ?? [];
  const length = Math.min(given.length, (digits[root] ?? 99) - 1);
  return sign.replace("+", "") + decimal(given.slice(0, length), draw);
}

/** Other digits; zeros in front stay, so that it has as many digits as before. */
function decimal(text: string, draw: Draw): string {
  let leading = true;
  return text.replaceAll(/\d/g, (digit) => {
    if (leading && digit === "0") return digit;
    const first = leading;
    leading = false;
    return String(first ? 1 + draw(9) : draw(10));
  });
}

/** Letters for letters and digits for digits: a phone number still looks like one. */
function likeness(text: string, draw: Draw): string {
  return text.replaceAll(/\p{L}|\p{N}/gu, (char) => {
    if (/\p{N}/u.test(char)) return String(draw(10));
    const letter = String.fromCodePoint(97 + draw(26));
    return char === char.toLowerCase() ? letter : letter.toUpperCase();
  });
}

/** Another day of the same year, and another time of day. */
function moment(text: string, draw: Draw): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return text
    .replace(/-\d\d-\d\d/, () => `-${two(1 + draw(12))}-${two(1 + draw(28))}`)
    .replace(
      /\d\d:\d\d(:\d\d)?/,
      (_, seconds?: string) =>
        `${two(draw(24))}:${two(draw(60))}${seconds ? `:${two(draw(60))}` : ""}`,
    )
    .replace(
      /\.\d+/,
      (part) => `.${part.slice(1).replaceAll(/\d/g, () => String(draw(10)))}`,
    );
}

/** Numbers that follow from a text only. */
function drawing(text: string): Draw {
  let state = 0x9e3779b9;
  const stir = (by: number) => {
    state = Math.imul(state ^ by, 0x85ebca6b);
    state ^= state >>> 15;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 13;
  };
  for (let at = 0; at < text.length; at++) stir(text.charCodeAt(at) + at);
  return (below) => {
    stir(0x27d4eb2f + below);
    return (state >>> 0) % below;
  };
}
