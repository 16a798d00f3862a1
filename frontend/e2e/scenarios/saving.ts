import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../../api/types";
import { card, dragFromPalette, newPipeline, saved, stored } from "../gestures";
import { picture } from "../pictures";
import { api, newFolder, removeFolder, type Server, start } from "../server";
import { steps } from "../steps";
import type { World } from "../world";

/** On a server of its own, which may be stopped; it uses the other's Flink. */
export function saving(world: () => World): void {
  describe("saving", () => {
    steps();
    const data = newFolder("saving");
    let flags: string[];
    let server: Server;
    let page: Page;
    beforeAll(async () => {
      const { engine } = await api<{ engine: Engine }>(
        world().server,
        "status",
      );
      flags = ["--gateway", engine.gateway, "--jobmanager", engine.jobManager];
      server = await start(data, { flags });
      page = await world().open("/", { server, expected: /ERR_|WebSocket/ });
      await newPipeline(page);
    });
    afterAll(async () => {
      await page.context().close();
      await server.stop();
      removeFolder(data);
    });

    test("an edit is still there after a reload", async () => {
      await dragFromPalette(page, "source", 200, 100);
      await saved(page);
      await page.reload();
      await card(page, "source_1").waitFor();
    });

    test("edits made while the server is down are saved when it is back", async () => {
      await server.stop();
      await dragFromPalette(page, "filter", 500, 100);
      await saved(page, /Not saved/);
      await picture(page, "not-saved");
      server = await start(data, { port: server.port, flags });
      await saved(page);
      const { document } = await stored(server, page);
      expect(Object.values(document.nodes).map(({ name }) => name)).toEqual(
        expect.arrayContaining(["source_1", "filter_1"]),
      );
    });

    test("the restarted server knows the browser and the pipeline", async () => {
      await page.reload();
      await card(page, "source_1").waitFor();
      await card(page, "filter_1").waitFor();
    });
  });
}
