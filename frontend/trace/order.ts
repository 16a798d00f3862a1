import type { PipelineDocument } from "../document/document";

/** The nodes, each behind its inputs, else as the document has them; nodes of a cycle are left out. */
export function inOrder(document: PipelineDocument): string[] {
  const open = new Map<string, number>();
  for (const id of Object.keys(document.nodes)) open.set(id, 0);
  for (const { to } of document.edges) open.set(to, (open.get(to) ?? 0) + 1);
  const order = [...open.keys()].filter((id) => open.get(id) === 0);
  for (const id of order) {
    for (const { from, to } of document.edges) {
      if (from !== id) continue;
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}
