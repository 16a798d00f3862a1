// The text of an editor made into another one so that the caret and the view stay where they were.

export interface Replacement {
  from: number;
  to: number;
  insert: string;
}

/** The one stretch in which two texts differ. */
export function replacement(before: string, after: string): Replacement {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  return {
    from: head,
    to: before.length - tail,
    insert: after.slice(head, after.length - tail),
  };
}

/** Where the caret stands in the formatted text: behind as many characters that are no space. */
export function samePlace(
  before: string,
  caret: number,
  after: string,
): number {
  let left = before.slice(0, caret).replace(/\s+/g, "").length;
  let at = 0;
  while (left > 0 && at < after.length) {
    if (!/\s/.test(after.charAt(at))) left--;
    at++;
  }
  return at;
}
