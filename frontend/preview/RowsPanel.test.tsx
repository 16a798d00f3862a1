import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, expect, it } from "vitest";
import type { Preview } from "../api/types";
import { applyRows, initialState, showPreview } from "../live/state";
import { useLive } from "../live/store";
import { RowsPanel } from "./RowsPanel";

const preview: Preview = {
  id: "p1",
  pipeline: "a",
  revision: 1,
  state: "running",
  message: "",
  way: "tap",
  flinkJobId: "",
  startedAt: "2026-01-01T00:00:00Z",
  nodes: {
    src: {
      count: 0,
      dropped: 0,
      watermark: "",
      columns: [{ name: "delay", type: "INT" }],
      rows: [],
    },
  },
  diagnostics: [],
};

function show(node: string | null) {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <RowsPanel pipeline="a" node={node} />
    </QueryClientProvider>,
  );
}

function set(change: Partial<Preview>) {
  const next = { ...preview, ...change };
  act(() => useLive.setState((state) => showPreview(state, next)));
}

function withRows(count: number): Partial<Preview> {
  const columns = [{ name: "delay", type: "INT" }];
  return {
    nodes: { src: { count, dropped: 0, watermark: "", columns, rows: [] } },
  };
}

beforeEach(() => useLive.setState(initialState, true));

it("offers a preview when there is none", () => {
  show("src");
  expect(screen.getByRole("button", { name: "Run a preview" })).toBeTruthy();
});

it("says that a running node has no rows yet", () => {
  show("src");
  set({});
  expect(screen.getByText("No rows yet")).toBeTruthy();
});

it("says that a node is not in the preview", () => {
  show("new");
  set({});
  expect(screen.getByText("This node is not in the preview")).toBeTruthy();
});

it("shows the message of a preview that failed", () => {
  show("src");
  set({ state: "failed", message: "Connection to broker refused" });
  expect(screen.getByText("Connection to broker refused")).toBeTruthy();
});

it("goes on counting while the view is paused", async () => {
  show("src");
  set(withRows(3));
  await userEvent.click(screen.getByRole("button", { name: "Pause view" }));
  set(withRows(12));
  expect(screen.getByTestId("rows-count").textContent).toBe("12 rows");
  expect(screen.getByRole("button", { name: "Resume view" })).toBeTruthy();
});

it("says how many rows were skipped, and has no accessibility findings", async () => {
  const { container } = show("src");
  set(withRows(20));
  const row = { kind: "+I" as const, values: [1] };
  const batch = {
    seq: 1,
    type: "rows",
    preview: "p1",
    node: "src",
  } as const;
  act(() =>
    useLive.setState((state) =>
      applyRows(state, [{ ...batch, first: 19, rows: [row] }], 0),
    ),
  );
  expect(screen.getByText("19 rows skipped")).toBeTruthy();
  const { violations } = await axe.run(container, {
    // jsdom draws nothing, so it knows no colours.
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map((v) => v.id)).toEqual([]);
});
