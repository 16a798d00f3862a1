import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FileInput } from "lucide-react";
import { useRef, useState } from "react";
import { importSql } from "../api/actions";
import { useCreatePipeline } from "../api/queries";
import type { Imported } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ProblemNote } from "../ui/ProblemNote";
import { TextArea } from "../ui/TextArea";
import { TextField } from "../ui/TextField";
import type { Excerpt } from "./findings";
import { freeName } from "./freeName";
import { ImportFindings } from "./ImportFindings";
import { SqlFileDrop } from "./SqlFileDrop";

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
  const script = useRef<HTMLTextAreaElement>(null);
  const show = ({ from, to }: Excerpt) => {
    script.current?.focus();
    script.current?.setSelectionRange(from, to);
  };
  const [name, setName] = useState(() => freeName("Imported pipeline", taken));
  const [renamed, setRenamed] = useState(false);
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
  const found = (read.data?.diagnostics.length ?? 0) > 0;
  const edit = (text: string) => {
    setSql(text);
    read.reset();
  };
  const takeFile = (file: string, text: string) => {
    edit(text);
    if (!renamed && file !== "") setName(freeName(file, taken));
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Import SQL"
      description={
        <>
          A Flink SQL script: tables become sources and sinks, views and queries
          become nodes, and what cannot be taken apart stays an SQL node. Or DDL
          of MySQL, MariaDB or TiDB (SHOW CREATE TABLE, a dump): its tables
          become sources with Flink’s types.
        </>
      }
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
            {found ? "Import as it is" : "Import"}
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={(text) => {
          setName(text);
          setRenamed(true);
        }}
        required
      />
      <SqlFileDrop onFile={takeFile}>
        <TextArea
          ref={script}
          label="SQL"
          mono
          rows={found ? 5 : 14}
          className={found ? "" : "min-h-[42vh]"}
          required
          placeholder={example}
          value={sql}
          onChange={edit}
        />
      </SqlFileDrop>
      {found && read.data && (
        <ImportFindings imported={read.data} script={sql} onGo={show} />
      )}
      <ProblemNote
        error={read.error ?? create.error}
        title="The script was not imported"
      />
    </Dialog>
  );
}
