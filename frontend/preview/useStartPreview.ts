import { useMutation } from "@tanstack/react-query";
import { documentStore, whenSaved } from "../document/store";
import { startPreview } from "../live/previews";
import { started } from "./started";

/** Starts a preview of what is drawn, once the server has it. */
export function useStartPreview(
  pipeline: string,
  beforeRun: () => Promise<void> = whenSaved,
) {
  return useMutation({
    mutationFn: async () => {
      await beforeRun();
      const { document } = documentStore.api.getState();
      started(await startPreview(pipeline), document);
    },
  });
}
