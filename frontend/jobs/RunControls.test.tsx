import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Job } from "../api/types";
import { initialState } from "../live/state";
import { useLive } from "../live/store";
import { RunControls } from "./RunControls";

const job: Job = {
  id: "j1",
  pipeline: "a",
  pipelineName: "A",
  revision: 1,
  state: "RUNNING",
  flinkJobId: "f",
  flinkState: "RUNNING",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  savepointPath: "",
  exception: "",
  message: "",
  nodes: {},
  live: true,
};

function show(state: "ready" | "starting", ...jobs: Job[]) {
  const engine = { ...initialState.engine, state };
  const byId = Object.fromEntries(jobs.map((one) => [one.id, one]));
  useLive.setState({ ...initialState, engine, jobs: byId }, true);
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

it("does not deploy beside a live job", async () => {
  show("ready", job);
  await userEvent.click(screen.getByTestId("deploy"));
  expect(screen.getByTestId("confirm")).toHaveProperty("disabled", true);
  expect(screen.getByText(/Pause or kill that job first/)).toBeTruthy();
});

it("pauses only a job that runs, and kills any that is live", () => {
  show("ready", { ...job, state: "DEPLOYING" });
  expect(screen.getByTestId("job-pause")).toHaveProperty("disabled", true);
  expect(screen.getByTestId("job-kill")).toHaveProperty("disabled", false);
  expect(screen.queryByTestId("job-resume")).toBeNull();
});

it("offers a paused job's savepoint, and says that a deploy leaves it", async () => {
  show("ready", { ...job, state: "PAUSED", live: false });
  expect(screen.getByTestId("job-resume")).toBeTruthy();
  expect(screen.queryByTestId("job-kill")).toBeNull();
  await userEvent.click(screen.getByTestId("deploy"));
  expect(screen.getByText(/starts without its state/)).toBeTruthy();
});

it("shows the live job rather than a newer one that has ended", () => {
  const newer = { ...job, id: "j2", createdAt: "2026-02-01T00:00:00Z" };
  show("ready", job, { ...newer, state: "DEPLOY_FAILED", live: false });
  expect(screen.getByTestId("job-state").dataset["state"]).toBe("RUNNING");
});
