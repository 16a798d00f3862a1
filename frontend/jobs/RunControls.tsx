export function RunControls({ pipeline }: { pipeline: string }) {
  return <span hidden>{pipeline}</span>;
}
