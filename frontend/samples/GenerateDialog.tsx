import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { generateSample } from "../api/actions";
import type { ParsedSample, SampleRule } from "../api/types";
import type { Sample } from "../document/document";
import { documentStore } from "../document/store";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { count } from "../ui/format";
import { ProblemNote } from "../ui/ProblemNote";
import { TextField } from "../ui/TextField";
import type { GridColumn } from "./gridRows";
import { DiagnosticLines } from "./PasteDialog";
import { RuleRow } from "./RuleRow";
import { mostRows, takeSample } from "./sample";

/** Makes up rows by rules; the same seed gives the same rows. */
export function GenerateDialog({
  id,
  columns,
  onClose,
}: {
  id: string;
  columns: readonly GridColumn[];
  onClose: () => void;
}) {
  const [number, setNumber] = useState("20");
  const [seed, setSeed] = useState("1");
  const [rules, setRules] = useState<Readonly<Record<string, SampleRule>>>({});
  const generate = useMutation({
    mutationFn: () =>
      generateSample({
        columns: columns.map(({ name, type }) => ({ name, type })),
        rules,
        rows: Number(number),
        seed: Number(seed),
      }),
    onSuccess: (parsed) => {
      if (parsed.diagnostics.length === 0) take(parsed);
    },
  });
  const wrongNumber =
    !/^\d+$/.test(number) || Number(number) < 1 || Number(number) > mostRows;
  const wrongSeed = !/^-?\d{1,15}$/.test(seed);
  const take = (parsed: ParsedSample) => {
    const { document } = documentStore.api.getState();
    const sample = parsed.sample as Sample;
    const label = `Generate ${count(sample.rows.length)} rows`;
    if (documentStore.edit(takeSample(document, id, sample, label))) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Generate rows"
      width="lg"
      description="They become the sample, in place of the rows that it has. The same seed gives the same rows."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            data-testid="confirm"
            busy={generate.isPending}
            disabled={wrongNumber || wrongSeed}
            onClick={() => generate.mutate()}
          >
            Generate
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Rows"
          inputMode="numeric"
          value={number}
          onChange={setNumber}
          error={wrongNumber ? `From 1 to ${count(mostRows)}` : undefined}
        />
        <TextField
          label="Seed"
          inputMode="numeric"
          value={seed}
          onChange={setSeed}
          error={wrongSeed ? "A whole number" : undefined}
        />
      </div>
      <ul className="flex max-h-72 flex-col gap-1.5 overflow-y-auto">
        {columns.map((column) => (
          <RuleRow
            key={column.name}
            column={column}
            rule={rules[column.name] ?? {}}
            onChange={(rule) => setRules({ ...rules, [column.name]: rule })}
          />
        ))}
      </ul>
      <ProblemNote error={generate.error} title="No rows could be made" />
      {generate.data && (
        <DiagnosticLines diagnostics={generate.data.diagnostics} />
      )}
    </Dialog>
  );
}
