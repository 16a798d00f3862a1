import { Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useUploadJar } from "../api/queries";
import { Button } from "../ui/Button";
import { plural } from "../ui/format";
import { ProblemNote } from "../ui/ProblemNote";
import { toast } from "../ui/toast";

/** Takes a JAR by its button or by drag and drop. */
export function UploadJar() {
  const upload = useUploadJar();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const send = (files: FileList | null) => {
    const file = files?.[0];
    if (!file) return;
    upload.mutate(file, {
      onSuccess: (jar) =>
        toast({
          title: `${jar.fileName} is uploaded`,
          detail: `It has ${plural(jar.functions.length, "function")}.`,
          tone: jar.functions.length > 0 ? "ok" : "warn",
        }),
    });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files);
  };
  return (
    <section aria-label="Upload a JAR" className="flex flex-col gap-2">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`flex items-center justify-center gap-3 rounded-lg border border-dashed px-4 py-5 text-muted ${over ? "border-accent bg-accent-soft" : "border-control bg-sunken"}`}
      >
        <Upload size={16} />
        <span>Drop a JAR here, or</span>
        <Button
          size="sm"
          busy={upload.isPending}
          onClick={() => input.current?.click()}
        >
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          accept=".jar"
          aria-label="JAR file"
          data-testid="upload-jar"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            send(event.target.files);
            // The same file may be chosen again after it was changed.
            event.target.value = "";
          }}
        />
      </div>
      <ProblemNote error={upload.error} title="The JAR was not taken" />
    </section>
  );
}
