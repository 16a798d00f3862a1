import { ReactFlowProvider } from "@xyflow/react";
import { useMemo } from "react";
import { useKinds } from "../api/queries";
import type { Kind } from "../api/types";
import { KindMap } from "../canvas/KindMap";
import { AnalysisProvider } from "../document/AnalysisProvider";
import { kindsByName } from "../document/kind";
import { ProblemNote } from "../ui/ProblemNote";
import { Spinner } from "../ui/Spinner";
import { Layout } from "./Layout";
import { TopBar } from "./TopBar";
import { useOpenDocument } from "./useOpenDocument";

const NO_KINDS: Kind[] = [];

/** The page on which a pipeline is drawn and run. */
export function Editor({ pipeline }: { pipeline: string }) {
  const { ready, error } = useOpenDocument(pipeline);
  const kinds = useKinds();
  const kindMap = useMemo(
    () => kindsByName(kinds.data ?? NO_KINDS),
    [kinds.data],
  );
  const failure = error ?? kinds.error;
  if (failure)
    return (
      <div className="mx-auto w-full max-w-160 p-8">
        <ProblemNote error={failure} title="The pipeline could not be opened" />
      </div>
    );
  if (!ready || !kinds.data)
    return (
      <div className="flex flex-1 items-center justify-center text-faint">
        <Spinner label="Opening the pipeline" size={20} />
      </div>
    );
  return (
    <KindMap value={kindMap}>
      <AnalysisProvider pipeline={pipeline}>
        <ReactFlowProvider>
          <div className="flex min-h-0 flex-1 flex-col">
            <TopBar pipeline={pipeline} />
            <Layout pipeline={pipeline} />
          </div>
        </ReactFlowProvider>
      </AnalysisProvider>
    </KindMap>
  );
}
