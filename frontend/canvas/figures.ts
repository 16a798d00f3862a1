/** 950 → "950", 12345 → "12.3k", 4100000 → "4.1M". */
export function compact(value: number): string {
  if (value < 1000) return String(Math.round(value));
  for (const [unit, size] of [
    ["B", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (value >= size) {
      const scaled = value / size;
      return `${scaled < 100 ? scaled.toFixed(1).replace(/\.0$/, "") : Math.round(scaled)}${unit}`;
    }
  }
  return String(value);
}
