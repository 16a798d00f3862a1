import { FileUp } from "lucide-react";
import {
  type ChangeEvent,
  type DragEvent,
  type ReactNode,
  useState,
} from "react";
import { buttonClass } from "../ui/Button";

/** Takes a script's file: dropped anywhere inside, or chosen by its button. */
export function SqlFileDrop({
  onFile,
  children,
}: {
  onFile: (name: string, text: string) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (file) onFile(file.name.replace(/\.[^.]*$/, ""), await file.text());
  };
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      data-testid="sql-drop"
      className={`flex flex-col gap-1.5 rounded-md ${over ? "outline-2 outline-offset-4 outline-accent outline-dashed" : ""}`}
      onDrop={onDrop}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
    >
      {children}
      <label
        className={`${buttonClass("ghost", "sm")} self-start focus-within:outline-2 focus-within:outline-accent`}
      >
        <FileUp size={13} aria-hidden="true" />
        Choose a file, or drop it here
        <input
          type="file"
          accept=".sql,.ddl,.txt,text/plain"
          className="sr-only"
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
    </div>
  );
}
