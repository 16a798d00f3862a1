import { plural } from "../ui/format";
import { cellText } from "./cells";

/** What a nested value is made of, by index, field or key. */
export interface Parts {
  entries: { name: string; value: unknown }[];
  /** What it is, while it is folded. */
  summary: string;
  /** What stands there when it has no parts. */
  empty: string;
}

/** The parts of an array, a row or a map, which comes as an array of keys and values; null for a plain value. */
export function partsOf(value: unknown): Parts | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).map(([name, part]) => ({
      name,
      value: part as unknown,
    }));
    return { entries, summary: plural(entries.length, "field"), empty: "{}" };
  }
  const items: readonly unknown[] = value;
  if (items.length > 0 && items.every(isEntry)) {
    const entries = items.filter(isEntry).map(({ key, value: part }) => ({
      name: cellText(key) ?? "NULL",
      value: part,
    }));
    return {
      entries,
      summary: plural(entries.length, "entry", "entries"),
      empty: "{}",
    };
  }
  const entries = items.map((part, at) => ({ name: `${at + 1}`, value: part }));
  return { entries, summary: plural(entries.length, "element"), empty: "[]" };
}

function isEntry(value: unknown): value is { key: unknown; value: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    "key" in value &&
    "value" in value &&
    Object.keys(value).length === 2
  );
}
