import { createPreview, deletePreview, getPreview } from "../api/actions";
import { watchPreview } from "./store";

/** Runs every node of the saved pipeline; its rows then come by the websocket. The answer is the preview's id. */
export async function startPreview(pipeline: string): Promise<string> {
  const { id } = await createPreview(pipeline);
  remember(pipeline, id);
  watchPreview({
    id,
    pipeline,
    revision: 0,
    state: "starting",
    way: "tap",
    message: "",
    flinkJobId: "",
    startedAt: new Date().toISOString(),
    nodes: {},
    diagnostics: [],
  });
  return id;
}

/** Ends a preview. The websocket tells when it has ended. */
export async function stopPreview(id: string): Promise<void> {
  await deletePreview(id);
}

/** Watches again what this tab watched before it was reloaded, if the server still has it. */
export async function resumePreviews(): Promise<void> {
  for (const id of Object.values(remembered())) {
    const preview = await getPreview(id).catch(() => null);
    if (preview) watchPreview(preview);
  }
}

const key = "millrace.previews";

function remembered(): Record<string, string> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function remember(pipeline: string, id: string): void {
  try {
    const all = { ...remembered(), [pipeline]: id };
    sessionStorage.setItem(key, JSON.stringify(all));
  } catch {
    // Storage is off: a reload ends the preview.
  }
}
