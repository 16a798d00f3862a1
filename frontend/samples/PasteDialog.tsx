import { useMutation } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { parseSample } from "../api/actions";
import type { Diagnostic, ParseSampleBody, ParsedSample } from "../api/types";
import type { Sample } from "../document/document";
import { documentStore } from "../document/store";
import { Button, buttonClass } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { count } from "../ui/format";
import { ProblemNote } from "../ui/ProblemNote";
import { Segments } from "../ui/Segments";
import { TextArea } from "../ui/TextArea";
import { toast } from "../ui/toast";
import type { GridColumn } from "./gridRows";
import { base64, fileFormat, type Format } from "./files";
import { takeSample } from "./sample";

const formats = [
  { value: "csv", title: "CSV" },
  { value: "jsonLines", title: "JSON lines" },
] as const;

/** More is no sample, and would only be read to be left out. */
const mostBytes = 20_000_000;

/** Makes a sample of a pasted text or of a file; what does not fit is told before it is taken. */
export function PasteDialog({
  id,
  columns,
  onClose,
}: {
  id: string;
  columns: readonly GridColumn[];
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [format, setFormat] = useState<Exclude<Format, "avro">>("csv");
  const [file, setFile] = useState("");
  const parse = useMutation({
    mutationFn: (source: Pick<ParseSampleBody, "format" | "text" | "data">) =>
      parseSample({
        ...source,
        columns: columns.map(({ name, type }) => ({ name, type })),
      }),
  });
  const take = (parsed: ParsedSample) => {
    const { document } = documentStore.api.getState();
    const sample = parsed.sample as Sample;
    const label = `Take ${count(sample.rows.length)} rows`;
    if (documentStore.edit(takeSample(document, id, sample, label))) onClose();
  };
  const read = (source: Parameters<typeof parse.mutate>[0]) =>
    parse.mutate(source, {
      onSuccess: (parsed) => {
        if (parsed.diagnostics.length === 0 && parsed.sample.rows.length > 0)
          take(parsed);
      },
    });
  const upload = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > mostBytes) {
      toast({
        title: `${chosen.name} is too large`,
        detail: "A sample has at most 1,000 rows and 256 kB: cut the file.",
        tone: "danger",
      });
      return;
    }
    setFile(chosen.name);
    const data = base64(new Uint8Array(await chosen.arrayBuffer()));
    read({ format: fileFormat(chosen.name) ?? format, data });
  };
  const parsed = parse.data;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Paste or upload rows"
      description="They become the sample, in place of the rows that it has."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {parsed && parsed.sample.rows.length > 0 && (
            <Button data-testid="take-anyway" onClick={() => take(parsed)}>
              Take {count(parsed.sample.rows.length)} rows as they are
            </Button>
          )}
          <Button
            variant="primary"
            data-testid="confirm"
            busy={parse.isPending}
            disabled={text.trim() === ""}
            onClick={() => {
              setFile("");
              read({ format, text });
            }}
          >
            Read the text
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <Segments
          label="Format"
          options={formats}
          value={format}
          onChange={setFormat}
        />
        <label
          className={`${buttonClass("secondary", "sm")} focus-within:outline-2 focus-within:outline-accent`}
        >
          <FileUp size={13} aria-hidden="true" />
          Choose a file
          <input
            type="file"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.avro"
            className="sr-only"
            onChange={({ target }) => {
              void upload(target.files?.[0]);
              target.value = "";
            }}
          />
        </label>
        <span className="text-xs text-faint">CSV, JSON lines or Avro</span>
      </div>
      <TextArea
        label="Rows"
        mono
        rows={8}
        value={text}
        placeholder={
          format === "csv"
            ? columns.map(({ name }) => name).join(",")
            : `{"${columns[0]?.name ?? "id"}": …}`
        }
        onChange={setText}
        onPaste={(event) => {
          const first = event.clipboardData.getData("text/plain").trimStart();
          if (text === "") setFormat(/^[{[]/.test(first) ? "jsonLines" : "csv");
        }}
      />
      <ProblemNote error={parse.error} title="The rows could not be read" />
      {parsed && <Found parsed={parsed} file={file} />}
    </Dialog>
  );
}

function Found({ parsed, file }: { parsed: ParsedSample; file: string }) {
  const { rows } = parsed.sample;
  return (
    <div role="status" className="text-sm" data-testid="parsed">
      <p>
        {file && <span className="font-mono text-xs">{file}: </span>}
        {rows.length === 0
          ? "No row could be read."
          : `${count(rows.length)} rows were read.`}
      </p>
      <DiagnosticLines diagnostics={parsed.diagnostics} />
    </div>
  );
}

export function DiagnosticLines({
  diagnostics,
}: {
  diagnostics: readonly Diagnostic[];
}) {
  return (
    <ul className="max-h-32 list-disc overflow-y-auto pl-4 text-xs">
      {diagnostics.map(({ severity, detail }, index) => (
        <li
          key={index}
          className={severity === "error" ? "text-danger" : "text-warn"}
        >
          {detail}
        </li>
      ))}
    </ul>
  );
}
