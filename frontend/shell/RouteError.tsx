import type { ErrorComponentProps } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

/** Stands in place of a page that broke; the rest of the shell goes on working. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <EmptyState
      wholePage
      icon={<TriangleAlert size={28} />}
      title="This page broke"
      action={
        <>
          <Button variant="primary" onClick={() => location.reload()}>
            Reload
          </Button>
          <Button onClick={reset}>Try again</Button>
        </>
      }
    >
      <p>What you saved is safe on the server. The error was:</p>
      <pre className="mt-2 max-h-40 overflow-auto text-left font-mono text-xs whitespace-pre-wrap">
        {error.message}
      </pre>
    </EmptyState>
  );
}
