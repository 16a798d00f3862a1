import { defineConfig } from "vitest/config";

/** The browser tests: one server and one browser for all of them, in one order. They need the built binary. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["frontend/e2e/*.e2e.ts"],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    // The first start of a Flink on a machine has Maven fetch its jars.
    hookTimeout: 600_000,
    reporters: ["verbose"],
  },
});
