import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { initialState } from "../live/state";
import { useLive } from "../live/store";
import { RunControls } from "./RunControls";

function show(state: "ready" | "starting") {
  const engine = { ...initialState.engine, state };
  useLive.setState({ ...initialState, engine }, true);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RunControls pipeline="a" />
    </QueryClientProvider>,
  );
}

const answer = vi.fn<() => Response>();

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(answer()));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function reply(status: number, body: unknown) {
  answer.mockReturnValue(
    new Response(JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json" },
    }),
  );
}

it("waits for the engine", () => {
  show("starting");
  expect(screen.getByTestId("run-preview")).toHaveProperty("disabled", true);
  expect(screen.getByTestId("deploy")).toHaveProperty("disabled", true);
});

it("becomes Stop while a preview runs", async () => {
  show("ready");
  reply(201, { id: "p1" });
  await userEvent.click(screen.getByTestId("run-preview"));
  expect(await screen.findByTestId("stop-preview")).toBeTruthy();
});

it("shows in place why a preview did not start, mistake by mistake", async () => {
  show("ready");
  reply(409, {
    detail: "The pipeline has a mistake.",
    diagnostics: [
      { node: "f", code: "x", summary: "Unknown column", detail: "Use delay." },
    ],
  });
  await userEvent.click(screen.getByTestId("run-preview"));
  const problem = await screen.findByRole("alert");
  expect(problem.textContent).toContain("The pipeline has a mistake.");
  expect(problem.textContent).toContain("Unknown column Use delay.");
});

it("asks before it deploys and keeps the refusal in the dialog", async () => {
  show("ready");
  await userEvent.click(screen.getByTestId("deploy"));
  reply(409, { detail: "Flink refused the job." });
  await userEvent.click(screen.getByTestId("confirm"));
  expect(await screen.findByText("Flink refused the job.")).toBeTruthy();
});
