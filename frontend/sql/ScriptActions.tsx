import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { useDocument } from "../document/store";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import { copyText, download, sqlFileName } from "./copyText";

export function ScriptActions({ script }: { script: string }) {
  const [copied, setCopied] = useState(false);
  const name = useDocument(({ document }) => document.name);
  const copy = async () => {
    if (await copyText(script)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } else
      toast({
        title: "Not copied",
        detail:
          "The browser does not let the page copy. Mark the text instead.",
        tone: "danger",
      });
  };
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        disabled={script === ""}
        icon={copied ? <Check size={13} /> : <Copy size={13} />}
        onClick={() => void copy()}
      >
        {copied ? "Copied" : "Copy"}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        disabled={script === ""}
        icon={<Download size={13} />}
        onClick={() => download(sqlFileName(name), script)}
      >
        Download
      </Button>
    </>
  );
}
