import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "./clipboard";
import { IconButton } from "./IconButton";

/** Copies a text; says for a moment that it has, or that it could not. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [result, setResult] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(null), 2000);
    return () => clearTimeout(timer);
  }, [result]);
  const texts = { copied: "Copied", failed: "The browser did not allow it" };
  return (
    <IconButton
      aria-label={result ? texts[result] : label}
      size="sm"
      onClick={() =>
        void copyText(text).then((ok) => setResult(ok ? "copied" : "failed"))
      }
    >
      {result === "copied" ? <Check size={13} /> : <Copy size={13} />}
    </IconButton>
  );
}
