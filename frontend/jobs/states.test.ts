import { expect, it } from "vitest";
import type { Job } from "../api/types";
import { staleFor } from "./states";

const seen = "2026-01-01T00:00:00Z";
const at = Date.parse(seen);
const job = { live: true, observedAt: seen } as Job;

it("calls a live job stale when nobody has looked for ten seconds", () => {
  expect(staleFor(job, at + 9_000)).toBeNull();
  expect(staleFor(job, at + 25_000)).toBe(25_000);
});

it("never calls a job that has ended stale", () => {
  expect(staleFor({ ...job, live: false }, at + 25_000)).toBeNull();
});
