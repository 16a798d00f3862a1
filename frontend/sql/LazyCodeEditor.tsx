import { lazy, Suspense } from "react";
import type { CodeEditorProps } from "./CodeEditor";

const Loaded = lazy(async () => {
  const { CodeEditor } = await import("./CodeEditor");
  return { default: CodeEditor };
});

/** The editor once its code has come; until then the text in the same place. */
export function LazyCodeEditor(props: CodeEditorProps) {
  return (
    <Suspense
      fallback={
        <pre className={`code code-${props.shape} code-waiting`}>
          {props.value || props.placeholder}
        </pre>
      }
    >
      <Loaded {...props} />
    </Suspense>
  );
}
