/** A name that any file system takes: "Orders, 1: x" → "orders-1-x". */
export function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}_]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return plain.slice(0, 100) || "rows";
}
