import type { JsonObject } from "../document/document";
import { groupsOf } from "../document/groups";

// The sets of GROUPING SETS: which of a node's groups each one groups by. The empty set is the grand total.

/** Above this many groups "every combination" would be a list nobody reads; that is what Cube is for. */
export const MOST_COMBINED = 6;

/** What sets are made of: the columns that are grouped by and the names of the computed dimensions. */
export function groupNames(config: JsonObject): string[] {
  return [...new Set(groupsOf(config))].filter((name) => name !== "");
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

export function hasSet(
  sets: readonly (readonly string[])[],
  set: readonly string[],
): boolean {
  return sets.some((one) => sameSet(one, set));
}

/** The sets with one more, or without it where it stands already. */
export function withSet(sets: readonly string[][], set: string[]): string[][] {
  return hasSet(sets, set)
    ? sets.filter((one) => !sameSet(one, set))
    : [...sets, set];
}

/** A set with a name taken in or out; known names stand in the order of the groups. */
export function withName(
  set: readonly string[],
  name: string,
  groups: readonly string[],
): string[] {
  const next = set.includes(name)
    ? set.filter((one) => one !== name)
    : [...set, name];
  const known = groups.filter((group) => next.includes(group));
  return [...known, ...next.filter((one) => !groups.includes(one))];
}

/** All sets of the names, from all of them down to the grand total, as CUBE lists them. */
export function everyCombination(names: readonly string[]): string[][] {
  const [first, ...rest] = names;
  if (first === undefined) return [[]];
  const without = everyCombination(rest);
  return [...without.map((set) => [first, ...set]), ...without].sort(
    (a, b) => b.length - a.length,
  );
}
