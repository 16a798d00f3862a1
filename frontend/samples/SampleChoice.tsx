import { Table2 } from "lucide-react";
import { documentStore, useDocument } from "../document/store";
import { Button } from "../ui/Button";
import { count } from "../ui/format";
import { Segments } from "../ui/Segments";
import { askTab } from "./askedTab";
import { isInUse, readLive, sampleOf } from "./sample";
import { useFillable } from "./useFillable";

const ways = [
  { value: "live", title: "Live" },
  { value: "sample", title: "Sample" },
] as const;

/** What previews read of a source: the source itself, or its sample. */
export function SampleChoice({
  id,
  compact = false,
}: {
  id: string;
  /** Without title and button, where both are clear. */
  compact?: boolean;
}) {
  const sample = useDocument(({ document }) => sampleOf(document, id));
  const columns = useFillable(id);
  const segments = (
    <Segments
      label="Previews read"
      options={ways}
      value={isInUse(sample) ? "sample" : "live"}
      onChange={(way) => {
        const { document } = documentStore.api.getState();
        documentStore.edit(readLive(document, id, way === "live", columns));
        if (way === "sample") askTab("sample");
      }}
    />
  );
  if (compact) return segments;
  return (
    <div className="flex flex-col gap-1" data-testid="sample-choice">
      <span className="text-xs font-medium text-muted">Previews read</span>
      <div className="flex flex-wrap items-center gap-2">
        {segments}
        {sample && (
          <Button
            size="sm"
            variant="ghost"
            icon={<Table2 size={13} />}
            onClick={() => askTab("sample")}
          >
            {count(sample.rows.length)}{" "}
            {sample.rows.length === 1 ? "row" : "rows"}
          </Button>
        )}
      </div>
    </div>
  );
}
