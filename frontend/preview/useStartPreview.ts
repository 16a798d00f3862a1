import { useMutation } from "@tanstack/react-query";
import { documentStore, whenSaved } from "../document/store";
import { startPreview } from "../live/previews";
import { logicOf, useStartedLogic } from "./logic";

/** Starts a preview of what is drawn, once the server has it. */
export function useStartPreview(
  pipeline: string,
  beforeRun: () => Promise<void> = whenSaved,
) {
  return useMutation({
    mutationFn: async () => {
      await beforeRun();
      const logic = logicOf(documentStore.api.getState().document);
      const id = await startPreview(pipeline);
      useStartedLogic.setState({ [id]: logic });
    },
  });
}
