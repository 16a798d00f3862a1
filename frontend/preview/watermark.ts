/**
 * A watermark as TIMESTAMP columns are written, so that the two can be compared; UTC, as Flink keeps event time. "end": all
 * input has been read.
 */
export function watermarkText(watermark: string): string {
  if (watermark === "end") return "at the end of the input";
  return watermark.replace(/^(.*)T(.*)Z$/, "$1 $2");
}
