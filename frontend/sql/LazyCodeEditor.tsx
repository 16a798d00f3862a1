import { lazy, Suspense } from "react";
import type { CodeEditorProps } from "./CodeEditor";
import type { ScriptEditorProps } from "./ScriptEditor";

const Loaded = lazy(async () => {
  const { CodeEditor } = await import("./CodeEditor");
  return { default: CodeEditor };
});

const LoadedScript = lazy(async () => {
  const { ScriptEditor } = await import("./ScriptEditor");
  return { default: ScriptEditor };
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

export function LazyScriptEditor(props: ScriptEditorProps) {
  return (
    <Suspense
      fallback={
        <pre className="code code-script code-waiting">{props.text}</pre>
      }
    >
      <LoadedScript {...props} />
    </Suspense>
  );
}
