/** A turning ring; `label` is read to those who do not see it. */
export function Spinner({
  label = "Loading",
  size = 14,
}: {
  label?: string;
  size?: number;
}) {
  return (
    <span
      role="status"
      aria-label={label}
      className="inline-block shrink-0 animate-spin rounded-full border-2 border-current border-t-transparent opacity-80"
      style={{ width: size, height: size }}
    />
  );
}
