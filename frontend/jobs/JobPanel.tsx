export function JobPanel({ pipeline }: { pipeline: string }) {
  return <span hidden>{pipeline}</span>;
}
