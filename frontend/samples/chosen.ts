import { create } from "zustand";

/** What of a test is shown: what its last run came to, what it expects of a node, or a sample of it. */
export type Part =
  { kind: "result" } | { kind: "expect" | "sample"; node: string };

/** The chosen test of each pipeline. */
const useChosen = create<
  Readonly<Record<string, { test: string; part: Part }>>
>(() => ({}));

export function chooseTest(
  pipeline: string,
  test: string,
  part: Part = { kind: "result" },
): void {
  useChosen.setState({ [pipeline]: { test, part } });
}

export function useChosenTest(
  pipeline: string,
): { test: string; part: Part } | undefined {
  return useChosen((all) => all[pipeline]);
}
