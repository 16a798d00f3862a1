// The server counts bytes of UTF-8, the page UTF-16 units.

/** The UTF-16 offset of a byte offset; inside a character it is the character's start. */
export function unitOffset(text: string, bytes: number): number {
  let seen = 0;
  let units = 0;
  for (const character of text) {
    const width = utf8Width(character.codePointAt(0) ?? 0);
    if (seen + width > bytes) return units;
    seen += width;
    units += character.length;
  }
  return units;
}

/** Many at once, in one walk; the answer is in the order of the question. */
export function unitOffsets(text: string, bytes: readonly number[]): number[] {
  const order = bytes.map((_, index) => index);
  order.sort((a, b) => (bytes[a] ?? 0) - (bytes[b] ?? 0));
  const result = bytes.map(() => 0);
  let at = 0;
  let atBytes = 0;
  for (const index of order) {
    const rest = (bytes[index] ?? 0) - atBytes;
    const step = unitOffset(text.slice(at), rest);
    atBytes += utf8Length(text.slice(at, at + step));
    at += step;
    result[index] = at;
  }
  return result;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text)
    length += utf8Width(character.codePointAt(0) ?? 0);
  return length;
}

function utf8Width(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
