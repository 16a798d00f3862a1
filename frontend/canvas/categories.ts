import type { Kind } from "../api/types";

const ORDER = ["Inputs", "Transform", "Code", "Outputs"];

/** The class that gives an element the two colours of a category: --kind and --kind-soft (canvas.css). */
export function categoryClass(category: string | undefined): string {
  return `kind-${category?.toLowerCase() ?? "unknown"}`;
}

export function byCategory(
  kinds: readonly Kind[],
  search: string,
): [string, Kind[]][] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Kind[]>();
  for (const kind of kinds) {
    const text =
      `${kind.title} ${kind.kind} ${kind.category} ${kind.help}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(kind.category, [...(groups.get(kind.category) ?? []), kind]);
  }
  return [...groups].sort(([a], [b]) => rank(a) - rank(b));
}

function rank(category: string): number {
  const index = ORDER.indexOf(category);
  return index < 0 ? ORDER.length : index;
}
