import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Engine } from "../api/types";
import { launch, openContext, type StorageState } from "./browser";
import { api, newFolder, removeFolder, type Server, start } from "./server";

/** What all scenarios share: a server with a real Flink, a browser, and what went wrong in its console. */
export interface World {
  readonly server: Server;
  /** For files that a person would have. */
  readonly folder: string;
  /** How the page answered right after the server said its address. */
  readonly first: { ms: number; html: string; engine: Engine["state"] };
  /** Errors that the pages logged and no scenario expected. */
  readonly complaints: string[];
  /** Opens a page in a window of its own; errors that match `expected` are no complaints. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** The pages that are open, to photograph them when a test fails. */
  pages(): Page[];
  close(): Promise<void>;
}

interface OpenOptions {
  server?: Server;
  expected?: RegExp;
}

/** Starts it all; the flags are the server's. */
export async function openWorld(flags: string[] = []): Promise<World> {
  const folder = newFolder("files");
  const browser = await launch();
  const server = await start(newFolder("data"), { flags });
  const first = await firstAnswer(server);
  const sessions = new Map<Server, StorageState>();
  const complaints: string[] = [];
  const contexts = () => browser.contexts();

  const open: World["open"] = async (path, options = {}) => {
    const at = options.server ?? server;
    const complain = (text: string) => {
      if (!options.expected?.test(text)) complaints.push(text);
    };
    const state = sessions.get(at);
    const context = await openContext(browser, state, complain);
    if (!state) sessions.set(at, await signIn(context, at));
    const page = await context.newPage();
    await page.goto(at.address + path);
    return page;
  };
  return {
    server,
    folder,
    first,
    complaints,
    open,
    pages: () => contexts().flatMap((context) => context.pages()),
    close: async () => {
      await closeAll(browser);
      await server.stop();
      removeFolder(server.data);
      removeFolder(folder);
    },
  };
}

async function firstAnswer(server: Server): Promise<World["first"]> {
  const said = performance.now();
  const html = await (await fetch(server.address)).text();
  const { engine } = await api<{ engine: Engine }>(server, "status");
  return { ms: performance.now() - said, html, engine: engine.state };
}

/** The printed address makes the browser a session; its token works once. */
async function signIn(
  context: BrowserContext,
  server: Server,
): Promise<StorageState> {
  const page = await context.newPage();
  await page.goto(`${server.address}/?token=${server.token}`);
  const state = await context.storageState();
  await page.close();
  return state;
}

async function closeAll(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await browser.close();
}
