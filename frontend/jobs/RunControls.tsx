import { useState } from "react";
import { useJobOfPipeline } from "../live/hooks";
import { DeployControl } from "./DeployControl";
import { JobControls } from "./JobControls";
import { PreviewControl } from "./PreviewControl";
import { Problem } from "./Problem";

/** What went wrong at the last action, with its name. */
export interface Failure {
  title: string;
  error: Error;
}

/** Runs the pipeline: as a preview, as a job; and steers the job. Failures are shown below the buttons. */
export function RunControls({
  pipeline,
  beforeRun,
}: {
  pipeline: string;
  /** Awaited before the server is asked to run what is saved, e.g. for edits that are not saved yet. */
  beforeRun?: () => Promise<void>;
}) {
  const job = useJobOfPipeline(pipeline);
  const [failure, setFailure] = useState<Failure | null>(null);
  const saved = beforeRun ?? (() => Promise.resolve());
  return (
    <div className="relative flex items-center gap-2">
      <PreviewControl
        pipeline={pipeline}
        beforeRun={saved}
        onFailure={setFailure}
      />
      <DeployControl pipeline={pipeline} job={job} beforeRun={saved} />
      {job && <JobControls key={job.id} job={job} onFailure={setFailure} />}
      {failure && (
        <Problem failure={failure} onClose={() => setFailure(null)} />
      )}
    </div>
  );
}
