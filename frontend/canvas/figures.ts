import { hasKind, type KindSet } from "../live/nodeRows";

/** 950 → "950", 12345 → "12.3k", 4100000 → "4.1M". */
export function compact(value: number): string {
  if (value < 1000) return String(Math.round(value));
  for (const [unit, size] of [
    ["B", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (value >= size) {
      const scaled = value / size;
      return `${scaled < 100 ? scaled.toFixed(1).replace(/\.0$/, "") : Math.round(scaled)}${unit}`;
    }
  }
  return String(value);
}

/** The kinds of a changelog's rows, short: "+I", "+I ±U", "+I -U -D". */
export function kindsBadge(kinds: KindSet): string {
  const before = hasKind(kinds, "-U");
  const after = hasKind(kinds, "+U");
  const update = before && after ? "±U" : before ? "-U" : after ? "+U" : "";
  return [
    hasKind(kinds, "+I") ? "+I" : "",
    update,
    hasKind(kinds, "-D") ? "-D" : "",
  ]
    .filter((kind) => kind !== "")
    .join(" ");
}

/** The same in words. */
export function kindsText(kinds: KindSet): string {
  if (kinds === 0) return "";
  if (kindsBadge(kinds) === "+I") return "inserts only";
  const updates = hasKind(kinds, "+U") || hasKind(kinds, "-U");
  const words = [
    hasKind(kinds, "+I") ? "inserts" : "",
    updates ? "updates" : "",
    hasKind(kinds, "-D") ? "deletes" : "",
  ];
  return words.filter((word) => word !== "").join(", ");
}
