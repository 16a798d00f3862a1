import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Pipeline } from "../api/types";
import { api, type Server } from "./server";

// What a person does with the mouse and the keyboard on the canvas and around it.

export function card(page: Page, name: string): Locator {
  return page.getByTestId(`node-${name}`);
}

export async function newPipeline(page: Page): Promise<void> {
  await page.getByTestId("new-pipeline").click();
  await page.getByTestId("empty-canvas").waitFor();
}

/** Opens a pipeline of the list and waits for its cards. */
export async function openPipeline(page: Page, name: string): Promise<void> {
  await page
    .getByTestId(`pipeline-card-${name}`)
    .getByRole("link", { name })
    .click();
  await page.locator("[data-node-id]").first().waitFor();
}

/** Pastes a script into the dialog and opens what comes of it; `pasted` sees the dialog before it is sent. */
export async function importSql(
  page: Page,
  name: string,
  sql: string,
  pasted?: () => Promise<void>,
): Promise<void> {
  await page.getByTestId("import-sql").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("SQL", { exact: false }).last().fill(sql);
  await pasted?.();
  await dialog.getByTestId("confirm").click();
  await page.locator("[data-node-id]").first().waitFor();
}

/** Drags a kind from the palette so that its card's header lies around a point of the canvas. */
export async function dragFromPalette(
  page: Page,
  kind: string,
  x: number,
  y: number,
): Promise<void> {
  const cards = page.locator("[data-node-id]");
  const before = await cards.count();
  await page
    .getByTestId(`palette-${kind}`)
    .dragTo(page.getByTestId("canvas"), { targetPosition: { x, y } });
  await expect.poll(() => cards.count()).toBe(before + 1);
}

/** Draws a line from an output to a port: "late.out" to "located.left". */
export async function connect(
  page: Page,
  from: string,
  to: string,
): Promise<void> {
  const start = await middle(port(page, from));
  const end = await middle(port(page, to));
  await drag(page, start, end);
}

function port(page: Page, name: string): Locator {
  return page.getByTestId(`port-${name.replace(".", "-")}`);
}

/** Moves a card by its header. */
export async function moveCard(
  page: Page,
  name: string,
  dx: number,
  dy: number,
): Promise<void> {
  const { x, y } = await middle(card(page, name).locator(".card-kind"));
  await drag(page, { x, y }, { x: x + dx, y: y + dy });
}

interface Point {
  x: number;
  y: number;
}

async function middle(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator.toString()} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** Shows all cards, and waits until the canvas has come to rest. */
export async function fit(page: Page): Promise<void> {
  await page.getByTestId("fit").click();
  await page.locator(".react-flow__viewport").evaluate(
    (viewport: HTMLElement) =>
      new Promise<void>((done) => {
        let last = "";
        let still = 0;
        const look = () => {
          const { transform } = viewport.style;
          still = transform === last ? still + 1 : 0;
          last = transform;
          if (still > 12) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

export async function select(page: Page, name: string): Promise<void> {
  await card(page, name).locator(".card-kind, .card-sign").first().click();
  await page.locator(`[data-testid="node-${name}"][data-selected]`).waitFor();
}

/** Renames the selected node by F2. */
export async function rename(page: Page, name: string): Promise<void> {
  await page.keyboard.press("F2");
  await page.getByLabel("Name of the node").waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await card(page, name).waitFor();
}

export async function openTab(page: Page, tab: string): Promise<void> {
  await page.getByTestId(`tab-${tab}`).click();
}

/** The part of the script that is in view in the SQL tab: CodeMirror keeps no other lines in the page. */
export function shownSql(page: Page): Promise<string> {
  return page.getByTestId("sql-pane").locator(".cm-content").innerText();
}

/** What is lit in the SQL tab: the selected node's statement. */
export async function litSql(page: Page): Promise<string> {
  const lines = page.getByTestId("sql-pane").locator(".mark-statement");
  return (await lines.allInnerTexts()).join("\n");
}

/** Waits until the page says that everything is saved, or that it is not. */
export async function saved(page: Page, words = /^\s*Saved/): Promise<void> {
  await page.getByTestId("save-state").filter({ hasText: words }).waitFor();
}

/** The id of the pipeline that the page is on. */
function pipelineId(page: Page): string {
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** The pipeline as the server has it. */
export function stored(server: Server, page: Page): Promise<Pipeline> {
  return api<Pipeline>(server, `pipelines/${pipelineId(page)}`);
}

export async function engineReady(page: Page): Promise<void> {
  await page
    .locator('[data-testid="engine-status"][data-state="ready"]')
    .waitFor({ timeout: 590_000 });
}

/** Starts a preview by its button. */
export async function runPreview(page: Page): Promise<void> {
  await page.getByTestId("run-preview").click();
}

/** How many rows the selected node has made, as the panel says. */
export async function rowsCount(page: Page): Promise<number> {
  const count = page.getByTestId("rows-count");
  if ((await count.count()) === 0) return -1;
  return Number(await count.getAttribute("data-count"));
}

/** Presses Deploy, reads what it does, and confirms. */
export async function deploy(page: Page): Promise<void> {
  await page.getByTestId("deploy").click();
  await page.getByTestId("confirm").click();
  await page.getByTestId("confirm").waitFor({ state: "detached" });
}

export function jobState(page: Page, state: string): Locator {
  return page.locator(`[data-testid="job-state"][data-state="${state}"]`);
}

/** How many records of the job the node's card tells of. */
export async function recordsOf(page: Page, name: string): Promise<number> {
  const figures = card(page, name).locator(".card-figures-job");
  if ((await figures.count()) === 0) return 0;
  const title = (await figures.getAttribute("title")) ?? "";
  return Number(title.replaceAll(",", "").replace(/ .*/, ""));
}
