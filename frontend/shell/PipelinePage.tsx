import { useParams } from "@tanstack/react-router";
import { Editor } from "../editor/Editor";

export function PipelinePage() {
  const { id } = useParams({ from: "/pipelines/$id" });
  // Another pipeline is another editor: nothing of the first may stay.
  return <Editor key={id} pipeline={id} />;
}
