import { afterEach, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { Engine, Preview } from "../../api/types";
import {
  engineReady,
  openPipeline,
  rowsCount,
  runPreview,
  select,
} from "../gestures";
import { api } from "../server";
import type { World } from "../world";

export function lease(world: () => World): void {
  describe("a preview's lease", () => {
    let page: Page | undefined;
    afterEach(() => page?.context().close());

    test("a closed tab ends the preview's Flink job within 5 s", async () => {
      page = await world().open("/");
      await engineReady(page);
      await openPipeline(page, "Generated orders");
      const answer = page.waitForResponse(/\/previews$/);
      await runPreview(page);
      const { id } = (await (await answer).json()) as { id: string };
      await select(page, "orders");
      const count = () => rowsCount(page as Page);
      await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(5);

      const { server } = world();
      const { engine } = await api<{ engine: Engine }>(server, "status");
      const { flinkJobId } = await api<Preview>(server, `previews/${id}`);
      const flink = `${engine.jobManager}/jobs/${flinkJobId}`;
      expect(await stateOf(flink)).toBe("RUNNING");
      await page.close();
      await expect
        .poll(() => stateOf(flink), { timeout: 5000, interval: 100 })
        .toMatch(/^(CANCELED|FINISHED|gone)$/);
    });
  });
}

/** The job's state by the JobManager's own word. */
async function stateOf(job: string): Promise<string> {
  const answer = await fetch(job);
  if (answer.status === 404) return "gone";
  return ((await answer.json()) as { state: string }).state;
}
