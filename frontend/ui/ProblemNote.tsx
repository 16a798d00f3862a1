import { ApiError } from "../api/errors";

/** A failed action in place: the server's sentence and its diagnostics. Nothing when there is no error. */
export function ProblemNote({
  error,
  title,
}: {
  error: Error | null;
  title?: string;
}) {
  if (!error) return null;
  const diagnostics = error instanceof ApiError ? error.diagnostics : [];
  return (
    <div
      role="alert"
      className="rounded-md border border-danger/40 bg-danger-soft px-3 py-2 text-sm"
    >
      {title && <p className="font-medium text-danger">{title}</p>}
      <p className="wrap-anywhere whitespace-pre-wrap">{error.message}</p>
      {diagnostics.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {diagnostics.map((d, index) => (
            <li key={`${d.node}-${d.code}-${index}`}>
              <span className="font-medium">{d.summary}</span>
              {d.detail && <span className="text-muted"> {d.detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
