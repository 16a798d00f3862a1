import type { Json } from "../document/document";
import { cellText } from "../preview/cells";

// What is typed into a cell or pasted over it, as a value of the column's type in the form in which previews show it. What
// does not fit stays a text, so that it can be seen, told and corrected.

/** The first word of a Flink type: "VARCHAR" of "VARCHAR(20) NOT NULL". */
export function rootOf(type: string): string {
  return (/^\w+/.exec(type.trim())?.[0] ?? "").toUpperCase();
}

const texts = new Set(["CHAR", "VARCHAR", "STRING"]);

export function isText(type: string): boolean {
  return texts.has(rootOf(type));
}

/** The value that a typed text means. Nothing is NULL, but in a column of texts the empty text. */
export function valueOf(text: string, type: string): Json {
  if (isText(type)) return text;
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.toUpperCase() === "NULL") return null;
  switch (rootOf(type)) {
    case "TINYINT":
    case "SMALLINT":
    case "INT":
    case "INTEGER":
      return /^[+-]?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
    case "FLOAT":
    case "DOUBLE":
      return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
    case "BOOLEAN":
      return booleans[trimmed.toLowerCase()] ?? trimmed;
    case "ARRAY":
    case "MAP":
    case "MULTISET":
    case "ROW":
      return nested(trimmed);
    default:
      return trimmed;
  }
}

/** As valueOf, of a cell of a spreadsheet: an empty one is NULL in every column. */
export function pastedValue(cell: string, type: string): Json {
  return cell === "" ? null : valueOf(cell, type);
}

const booleans: Record<string, boolean> = { true: true, false: false };

function nested(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" ? value : text;
  } catch {
    return text;
  }
}

/** The text with which a cell's value is edited; "" for NULL. */
export function editText(value: unknown): string {
  return cellText(value) ?? "";
}
