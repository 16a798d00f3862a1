import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PipelineDocument } from "../../api/types";
import {
  card,
  connect,
  dragFromPalette,
  fit,
  litSql,
  moveCard,
  newPipeline,
  openPipeline,
  openTab,
  rename,
  saved,
  select,
  stored,
} from "../gestures";
import { steps } from "../steps";
import type { World } from "../world";

type Drawn = Pick<PipelineDocument, "nodes" | "edges">;

export function canvas(world: () => World): void {
  describe("the canvas", () => {
    steps();
    let page: Page;
    const drawn = async (): Promise<Drawn> => {
      await saved(page);
      const { nodes, edges } = (await stored(world().server, page)).document;
      return { nodes, edges };
    };
    beforeAll(async () => {
      page = await world().open("/");
      await newPipeline(page);
    });
    afterAll(() => page.context().close());

    test("undo goes back step by step to where it began, redo to the end", async () => {
      const steps: (() => Promise<void>)[] = [
        () => dragFromPalette(page, "source", 200, 80),
        () => dragFromPalette(page, "filter", 520, 80),
        () => connect(page, "source_1.out", "filter_1.in"),
        () => moveCard(page, "filter_1", 0, 160),
        async () => {
          await select(page, "filter_1");
          await rename(page, "late");
        },
        async () => {
          await select(page, "late");
          await page.keyboard.press("Delete");
          await card(page, "late").waitFor({ state: "detached" });
        },
      ];
      const states = [await drawn()];
      for (const step of steps) {
        await step();
        await expect.poll(drawn).not.toEqual(states.at(-1));
        states.push(await drawn());
      }
      expect(states[3]?.edges).toHaveLength(1);
      for (const state of states.slice(0, -1).toReversed()) {
        await page.keyboard.press("ControlOrMeta+Z");
        await expect.poll(drawn).toEqual(state);
      }
      await page.getByTestId("empty-canvas").waitFor();
      for (const state of states.slice(1)) {
        await page.getByTestId("redo").click();
        await expect.poll(drawn).toEqual(state);
      }
    });

    test("a connection that cannot be is refused with its reason", async () => {
      await page.keyboard.press("ControlOrMeta+Z");
      await card(page, "late").waitFor();
      await dragFromPalette(page, "filter", 520, 60);
      await connect(page, "source_1.out", "late.in");
      const refusal = page.getByTestId("connect-refused");
      expect(await refusal.innerText()).toContain("already");
      await connect(page, "filter_1.out", "late.in");
      await refusal.getByText("late already reads source_1").waitFor();

      await dragFromPalette(page, "filter", 200, 260);
      await connect(page, "filter_1.out", "filter_2.in");
      await expect.poll(async () => (await drawn()).edges).toHaveLength(2);
      await connect(page, "filter_2.out", "filter_1.in");
      await refusal.getByText("That would be a loop").waitFor();
      expect((await drawn()).edges).toHaveLength(2);
    });

    test("zoom and fit", async () => {
      const level = page.locator(".zoom-level");
      const percent = async () => Number.parseInt(await level.innerText());
      await page.keyboard.press("ControlOrMeta+0");
      await expect.poll(percent).toBe(100);
      await page.getByTestId("zoomIn").click();
      await expect.poll(percent).toBeGreaterThan(110);
      await page.getByTestId("zoomOut").click();
      await expect.poll(percent).toBe(100);
      await page.keyboard.press("ControlOrMeta+Minus");
      await expect.poll(percent).toBeLessThan(100);
      await fit(page);
      await expect.poll(() => allInView(page)).toBe(true);
      expect(await page.locator("[data-node-id]").count()).toBe(4);
    });

    test("nodes are added, renamed and deleted by keyboard alone", async () => {
      await page.keyboard.press("Escape");
      await page.getByTestId("palette-search").focus();
      await tabTo(page, "palette-sink");
      await page.keyboard.press("Enter");
      await card(page, "sink_1").waitFor();
      await rename(page, "out_there");
      await page.keyboard.press("Delete");
      await card(page, "out_there").waitFor({ state: "detached" });
      expect(await page.locator("[data-node-id]").count()).toBe(4);
    });

    test("a new name is the name in the SQL, also where it is read", async () => {
      await page.getByLabel("Back to pipelines").click();
      await openPipeline(page, "Generated orders");
      await openTab(page, "sql");
      await select(page, "large");
      await rename(page, "big");
      await expect.poll(() => litSql(page)).toContain("VIEW big AS");
      await select(page, "revenue");
      await expect.poll(() => litSql(page)).toMatch(/FROM big\b/);
      await page.getByTestId("undo").click();
      await expect.poll(() => litSql(page)).toContain("FROM `large`");
    });
  });
}

/** Whether all cards are wholly inside the canvas. */
async function allInView(page: Page): Promise<boolean> {
  const canvas = await page.getByTestId("canvas").boundingBox();
  if (!canvas) return false;
  const { x, y, width, height } = canvas;
  const cards = await page.locator("[data-node-id]").all();
  const boxes = await Promise.all(cards.map((one) => one.boundingBox()));
  return boxes.every(
    (box) =>
      box !== null &&
      box.x >= x &&
      box.y >= y &&
      box.x + box.width <= x + width &&
      box.y + box.height <= y + height,
  );
}

async function tabTo(page: Page, testId: string): Promise<void> {
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() =>
      document.activeElement?.getAttribute("data-testid"),
    );
    if (at === testId) return;
  }
  throw new Error(`Tab does not lead to ${testId}`);
}
