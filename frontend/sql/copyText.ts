/** Puts the text on the clipboard, also on a plain http page, where there is no navigator.clipboard. */
export async function copyText(text: string): Promise<boolean> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused, e.g. without focus: the older way may still do.
    }
  }
  return copyByEvent(text);
}

function copyByEvent(text: string): boolean {
  let copied = false;
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    copied = event.clipboardData !== null;
  };
  window.addEventListener("copy", onCopy, { capture: true });
  document.execCommand("copy");
  window.removeEventListener("copy", onCopy, { capture: true });
  return copied;
}

export function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A file's name out of a pipeline's: letters, digits, - and _. */
export function sqlFileName(name: string): string {
  const stem = name.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${stem || "pipeline"}.sql`;
}
