import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The newest browsers that the page needs: light-dark() in CSS.
const browsers = ["chrome123", "firefox120", "safari17.5"];

const pageTests = ["**/*.test.tsx", "{canvas,editor,inspector}/**/*.test.ts"];

export default defineConfig({
  root: "frontend",
  base: "/",
  cacheDir: "../node_modules/.vite",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: browsers,
    // A data: font or image would need its own word in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: "http://127.0.0.1:8642", ws: true } },
  },
  test: {
    // A page takes a second to make: only the tests that touch one get it.
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          include: ["**/*.test.ts"],
          exclude: pageTests,
        },
      },
      {
        extends: true,
        test: {
          name: "parts",
          environment: "jsdom",
          include: pageTests,
          setupFiles: [`${import.meta.dirname}/frontend/test-setup.ts`],
        },
      },
    ],
  },
});
