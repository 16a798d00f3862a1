import { useEffect, useReducer, useState } from "react";

// What is made anew for each change takes at most a fifth of the time.
const pace = 4;

/** Something that is made anew when what it is made of changes, but for live changes only as often as there is time. */
export class Paced<T> {
  private made: { value: T; of: readonly unknown[]; live: unknown } | undefined;
  private readonly clock: () => number;
  private at = 0;
  private took = 0;

  constructor(clock = () => performance.now()) {
    this.clock = clock;
  }

  /** The value, and in how many milliseconds it may be made anew; 0 when it is up to date. */
  read(
    live: unknown,
    of: readonly unknown[],
    make: () => T,
  ): { value: T; due: number } {
    const { made } = this;
    if (made && sameItems(made.of, of)) {
      const due = this.at + pace * this.took - this.clock();
      if (made.live === live) return { value: made.value, due: 0 };
      if (due > 0) return { value: made.value, due };
    }
    const begin = this.clock();
    const value = make();
    this.at = this.clock();
    this.took = this.at - begin;
    this.made = { value, of, live };
    return { value, due: 0 };
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** The value of a Paced; renders again when it is due. */
export function usePaced<T>(
  live: unknown,
  of: readonly unknown[],
  make: () => T,
): T {
  const [paced] = useState(() => new Paced<T>());
  const [turn, again] = useReducer((times: number) => times + 1, 0);
  const { value, due } = paced.read(live, of, make);
  useEffect(() => {
    if (due <= 0) return;
    const timer = setTimeout(again, due);
    return () => clearTimeout(timer);
  }, [due, turn]);
  return value;
}
