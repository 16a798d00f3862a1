import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { picture } from "./pictures";
import { badInput } from "./scenarios/badInput";
import { canvas } from "./scenarios/canvas";
import { clean } from "./scenarios/clean";
import { drawn } from "./scenarios/drawn";
import { following } from "./scenarios/following";
import { firstStart } from "./scenarios/firstStart";
import { lease } from "./scenarios/lease";
import { rows } from "./scenarios/rows";
import { samples } from "./scenarios/samples";
import { script } from "./scenarios/script";
import { saving } from "./scenarios/saving";
import { openWorld, type World } from "./world";

describe("a person with a browser", () => {
  let opened: World | undefined;
  const world = (): World => {
    if (!opened) throw new Error("the server did not start");
    return opened;
  };

  beforeAll(async () => {
    opened = await openWorld();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    for (const [index, page] of world().pages().entries())
      await picture(page, `failed ${task.name} ${index}`.replace(/\W+/g, "-"));
  });
  afterAll(() => opened?.close());

  firstStart(world);
  drawn(world);
  canvas(world);
  script(world);
  saving(world);
  lease(world);
  rows(world);
  following(world);
  samples(world);
  badInput(world);
  clean(world);
});
