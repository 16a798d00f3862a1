import { afterEach, beforeEach } from "vitest";

/** Says that the tests of this describe build on each other: after one that fails the rest is skipped. */
export function steps(): void {
  let broken = false;
  beforeEach(({ skip }) => {
    if (broken) skip("a step before it failed");
  });
  afterEach(({ task }) => {
    broken ||= task.result?.state === "fail";
  });
}
