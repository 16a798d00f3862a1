import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FileInput } from "lucide-react";
import { useState } from "react";
import { importSql } from "../api/actions";
import { useCreatePipeline } from "../api/queries";
import type { Imported } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ProblemNote } from "../ui/ProblemNote";
import { TextArea } from "../ui/TextArea";
import { TextField } from "../ui/TextField";
import { freeName } from "./freeName";
import { ImportFindings } from "./ImportFindings";

const example = `CREATE TABLE flights (
  origin STRING,
  delay INT
) WITH ('connector' = 'datagen');

CREATE VIEW late AS SELECT * FROM flights WHERE delay > 15;`;

/** The button and its dialog: a pasted script becomes a pipeline. */
export function ImportSql({ taken }: { taken: readonly string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        data-testid="import-sql"
        icon={<FileInput size={14} />}
        onClick={() => setOpen(true)}
      >
        Import SQL
      </Button>
      {open && <ImportDialog taken={taken} onClose={() => setOpen(false)} />}
    </>
  );
}

function ImportDialog({
  taken,
  onClose,
}: {
  taken: readonly string[];
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const [sql, setSql] = useState("");
  const [name, setName] = useState(() => freeName("Imported pipeline", taken));
  const create = useCreatePipeline();
  const open = (imported: Imported) =>
    create.mutate(
      { name, document: { ...imported.document, name } },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: "/pipelines/$id", params: { id } }),
      },
    );
  const read = useMutation({
    mutationFn: importSql,
    // What the script's reader has to say is shown before anything is made.
    onSuccess: (result) => result.diagnostics.length === 0 && open(result),
  });
  const findings = read.data?.diagnostics ?? [];
  const edit = (text: string) => {
    setSql(text);
    read.reset();
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Import a Flink SQL script"
      description="Tables become sources and sinks, views become nodes. What cannot be split stays an SQL node."
      width="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            data-testid="confirm"
            busy={read.isPending || create.isPending}
            disabled={sql.trim() === "" || name.trim() === ""}
            onClick={() => (read.data ? open(read.data) : read.mutate(sql))}
          >
            {findings.length > 0 ? "Import as it is" : "Import"}
          </Button>
        </>
      }
    >
      <TextField label="Name" value={name} onChange={setName} required />
      <TextArea
        label="SQL"
        mono
        rows={14}
        required
        placeholder={example}
        value={sql}
        onChange={edit}
      />
      <ImportFindings sql={sql} diagnostics={findings} />
      <ProblemNote
        error={read.error ?? create.error}
        title="The script was not imported"
      />
    </Dialog>
  );
}
