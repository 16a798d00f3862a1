import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the machine's own Chromium with a new profile. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: program(), args: flags });
}

function program(): string {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = names.flatMap((name) => folders.map((at) => join(at, name)));
  const chosen = process.env["CHROMIUM"];
  const found = (chosen ? [chosen] : places).find(runs);
  if (found === undefined)
    throw new Error("no Chromium found: install it, or name it in CHROMIUM");
  return found;
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** A window of a person; `complain` hears each error that its pages log, refusals of the CSP among them. */
export async function openContext(
  browser: Browser,
  state: StorageState | undefined,
  complain: (text: string) => void,
): Promise<BrowserContext> {
  const options: BrowserContextOptions = {
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    colorScheme: "light",
    ...(state && { storageState: state }),
  };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(30_000);
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const { violatedDirective, blockedURI, target } = event;
      const element = target instanceof Element ? target : undefined;
      // Chromium itself gives typed text the style of what it replaces; refused or not, CodeMirror drops it.
      if (
        element?.closest(".cm-line") &&
        violatedDirective === "style-src-attr"
      )
        return;
      const on = element?.outerHTML.slice(0, 200) ?? "the page";
      console.error(`CSP: ${violatedDirective} ${blockedURI} on ${on}`);
    });
  });
  context.on("console", (message) => {
    const text = message.text();
    // The listener above says more.
    if (text.includes("violates the following Content Security Policy")) return;
    if (message.type() === "error")
      complain(`${text} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    complain(String(error.error().stack ?? error.error()));
  });
  return context;
}
