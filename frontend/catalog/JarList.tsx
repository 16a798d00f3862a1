import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteJar } from "../api/queries";
import type { Jar } from "../api/types";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { ago, bytes, dateTime, plural } from "../ui/format";
import { IconButton } from "../ui/IconButton";
import { Table } from "../ui/Table";
import { useNow } from "../ui/useNow";

export function JarList({ jars }: { jars: readonly Jar[] }) {
  const now = useNow(30_000);
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">JARs</h2>
      <div className="rounded-lg border bg-surface px-2 pt-1 shadow-panel">
        <Table
          label="JARs"
          head={["File", "Functions", "Size", "Uploaded", "Actions"]}
        >
          {jars.map((jar) => (
            <tr key={jar.id}>
              <td className="wrap-anywhere">
                <span className="font-medium">{jar.fileName}</span>
                {jar.notes.map((note) => (
                  <p key={note} className="text-xs text-muted">
                    {note}
                  </p>
                ))}
              </td>
              <td>{jar.functions.length}</td>
              <td className="whitespace-nowrap">{bytes(jar.size)}</td>
              <td title={dateTime(jar.uploadedAt)}>
                {ago(jar.uploadedAt, now)}
              </td>
              <td>
                <DeleteJar jar={jar} />
              </td>
            </tr>
          ))}
        </Table>
      </div>
    </section>
  );
}

function DeleteJar({ jar }: { jar: Jar }) {
  const [open, setOpen] = useState(false);
  const remove = useDeleteJar();
  return (
    <>
      <IconButton
        aria-label={`Delete ${jar.fileName}`}
        size="sm"
        onClick={() => {
          remove.reset();
          setOpen(true);
        }}
      >
        <Trash2 size={13} />
      </IconButton>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${jar.fileName}?`}
        confirmLabel="Delete"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(jar.id, { onSuccess: () => setOpen(false) })
        }
      >
        <p>
          Pipelines that call its {plural(jar.functions.length, "function")} can
          no longer run until it is uploaded again. Jobs that run keep it.
        </p>
      </ConfirmDialog>
    </>
  );
}
