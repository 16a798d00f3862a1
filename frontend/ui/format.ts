const whole = new Intl.NumberFormat("en-US");
const short = new Intl.NumberFormat("en-US", {
  notation: "compact",
  maximumSignificantDigits: 3,
});

/** "1,234,567" */
export function count(value: number): string {
  return whole.format(value);
}

/** "1.23M": for small places; the full number stands in a title. */
export function compact(value: number): string {
  return value < 10_000 ? whole.format(value) : short.format(value);
}

/** "1.2K/s", "0.3/s" */
export function perSecond(value: number): string {
  if (value > 0 && value < 10) return `${value.toFixed(1)}/s`;
  return `${compact(Math.round(value))}/s`;
}

/** "3.4 MB" */
export function bytes(value: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A span of time in its largest unit: "12 s", "3 min", "5 h", "2 d". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** "just now", "3 min ago"; "" for a time that is none. */
export function ago(time: string, now: number): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return "";
  return now - at < 10_000 ? "just now" : `${duration(now - at)} ago`;
}

const stamp = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "medium",
});

/** The time in full, as the browser's language writes it; "" for a time that is none. */
export function dateTime(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? "" : stamp.format(at);
}

/** "1 row", "2 rows" */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
