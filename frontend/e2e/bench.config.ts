import { defineConfig } from "vitest/config";

/** Measurements in a real browser, run by hand. They need the built binary. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["frontend/e2e/*.bench.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
    reporters: ["verbose"],
  },
});
