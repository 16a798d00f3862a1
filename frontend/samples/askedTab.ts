import { useEffect } from "react";
import { create } from "zustand";

/** The dock's tab that a part of the page has asked for; the number makes two equal wishes different. */
const useAsked = create(() => ({ tab: "", number: 0 }));

export function askTab(tab: "sample" | "tests"): void {
  useAsked.setState(({ number }) => ({ tab, number: number + 1 }));
}

/** Tells the dock of each wish. */
export function useAskedTab(show: (tab: string) => void): void {
  useEffect(() => useAsked.subscribe(({ tab }) => show(tab)), [show]);
}
