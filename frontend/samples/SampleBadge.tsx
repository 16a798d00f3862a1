import { useDocument } from "../document/store";
import { Badge } from "../ui/Badge";
import { isInUse, sampleOf } from "./sample";

/** On the card of a source that previews read from its sample. */
export function SampleBadge({ id }: { id: string }) {
  const rows = useDocument(({ document }) => {
    const sample = sampleOf(document, id);
    return isInUse(sample) ? sample.rows.length : undefined;
  });
  if (rows === undefined) return null;
  return (
    <Badge
      tone="accent"
      data-testid="sample-badge"
      title={`Previews read its sample of ${rows} rows`}
    >
      sample
    </Badge>
  );
}
