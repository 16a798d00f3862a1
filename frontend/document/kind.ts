import type { Kind } from "../api/types";

/** Kinds by name. A node whose kind the server does not know is still drawn and moved. */
export type Kinds = ReadonlyMap<string, Kind>;

export function kindsByName(kinds: readonly Kind[]): Kinds {
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}
