import { createContext, useContext } from "react";
import type { Kinds } from "../document/kind";

/** The kinds by name, for cards and ports deep in the canvas. */
export const KindMap = createContext<Kinds>(new Map());

export function useKindMap(): Kinds {
  return useContext(KindMap);
}
