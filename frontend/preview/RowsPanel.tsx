export function RowsPanel({
  pipeline,
  node,
}: {
  pipeline: string;
  node: string | null;
}) {
  return <span hidden>{pipeline + (node ?? "")}</span>;
}
