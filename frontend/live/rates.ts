/** A growing count as it was seen, oldest first, over the last few seconds. */
export type Samples = readonly { at: number; count: number }[];

const windowMs = 3000;
const shortestMs = 400;

/** Adds what is seen now and forgets what is older than the window, but for the newest of those. */
export function addSample(
  samples: Samples,
  count: number,
  now: number,
): Samples {
  const last = samples.at(-1);
  // A count that fell belongs to another run.
  if (last && count < last.count) return [{ at: now, count }];
  if (last && now - last.at < 100) {
    return [...samples.slice(0, -1), { at: last.at, count }];
  }
  const from = samples.findLastIndex((s) => s.at <= now - windowMs);
  return [...samples.slice(Math.max(0, from)), { at: now, count }];
}

/** Growth per second over the samples; null while too little is known. */
export function rate(samples: Samples): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < shortestMs) return null;
  return ((last.count - first.count) * 1000) / (last.at - first.at);
}
