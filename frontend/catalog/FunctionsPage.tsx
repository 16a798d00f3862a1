import { FunctionSquare } from "lucide-react";
import { useFunctions, useJars } from "../api/queries";
import type { FunctionInfo } from "../api/types";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Table } from "../ui/Table";
import { JarList } from "./JarList";
import { UploadJar } from "./UploadJar";

/** The user-defined functions that pipelines can call, and the JARs that they come from. */
export function FunctionsPage() {
  const functions = useFunctions();
  const jars = useJars();
  const own = functions.data?.filter((f) => f.kind !== "builtin");
  return (
    <Page
      title="Functions"
      lead="User-defined functions from your JARs. Flink's built-in functions are always there."
    >
      <UploadJar />
      <ProblemNote
        error={functions.error ?? jars.error}
        title="The functions could not be read"
      />
      {own?.length === 0 && (
        <EmptyState
          icon={<FunctionSquare size={24} />}
          title="No functions yet"
        >
          Upload a JAR with classes that extend ScalarFunction. Each becomes a
          function that is named after its class: ParseUrl becomes parse_url.
        </EmptyState>
      )}
      {own && own.length > 0 && <Functions functions={own} jarName={jarName} />}
      {jars.data && jars.data.length > 0 && <JarList jars={jars.data} />}
    </Page>
  );

  function jarName(id: string | undefined): string {
    return jars.data?.find((jar) => jar.id === id)?.fileName ?? id ?? "";
  }
}

function Functions({
  functions,
  jarName,
}: {
  functions: readonly FunctionInfo[];
  jarName: (id: string | undefined) => string;
}) {
  return (
    <section className="rounded-lg border bg-surface px-2 pt-1 shadow-panel">
      <Table label="Functions" head={["Name", "Signatures", "Class", "JAR"]}>
        {functions.map((f) => (
          <tr key={f.name}>
            <td className="font-mono text-xs leading-5 font-semibold">
              {f.name}
            </td>
            <td className="font-mono text-xs leading-5">
              {f.signatures.map((signature) => (
                <div key={signature}>{signature}</div>
              ))}
            </td>
            <td className="font-mono text-xs leading-5 wrap-anywhere text-muted">
              {f.class}
            </td>
            <td className="wrap-anywhere text-muted">{jarName(f.jar)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
