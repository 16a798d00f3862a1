/** A watermark as TIMESTAMP columns are written, so that the two can be compared; UTC, as Flink keeps event time. */
export function watermarkText(watermark: string): string {
  const match = /^(\d{4,}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z$/.exec(
    watermark,
  );
  return match ? `${match[1]} ${match[2]}` : watermark;
}
