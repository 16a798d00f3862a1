import { create } from "zustand";

/** Which node's name is being typed on its card. */
export const useRenaming = create<{ node: string | undefined }>(() => ({
  node: undefined,
}));
