import { createPreview, deletePreview } from "../api/actions";
import { useLive, watchPreview } from "./store";

/** Runs every node of the saved pipeline; its rows then come by the websocket. */
export async function startPreview(pipeline: string): Promise<string> {
  const before = useLive.getState().previews[pipeline];
  const { id } = await createPreview(pipeline);
  watchPreview({
    id,
    pipeline,
    revision: before?.revision ?? 0,
    state: "starting",
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
