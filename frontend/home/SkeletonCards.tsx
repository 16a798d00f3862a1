/** The cards' places while the pipelines are on their way. */
export function SkeletonCards() {
  return (
    <div
      role="status"
      aria-label="Loading the pipelines"
      className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3"
    >
      {[1, 2, 3].map((card) => (
        <div key={card} className="h-26 rounded-lg border bg-surface/60" />
      ))}
    </div>
  );
}
