import { expect, it } from "vitest";
import { addSample, rate, type Samples } from "./rates";

function samples(...pairs: [at: number, count: number][]): Samples {
  return pairs.reduce<Samples>((all, [at, n]) => addSample(all, n, at), []);
}

it("knows no rate from one look", () => {
  expect(rate(samples([0, 100]))).toBeNull();
});

it("is the growth per second over the last seconds", () => {
  expect(rate(samples([0, 0], [500, 50], [1000, 100]))).toBe(100);
});

it("forgets what is older than three seconds", () => {
  const seen = samples([0, 0], [1000, 9000], [4000, 9000], [4500, 9000]);
  expect(rate(seen)).toBe(0);
});

it("starts anew when the count falls", () => {
  expect(rate(samples([0, 500], [1000, 3]))).toBeNull();
});

it("keeps few samples of many messages", () => {
  let all: Samples = [];
  for (let at = 0; at < 10_000; at += 5) all = addSample(all, at, at);
  expect(all.length).toBeLessThan(40);
  expect(rate(all)).toBeCloseTo(1000, -2);
});
