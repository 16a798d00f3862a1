import { Link } from "@tanstack/react-router";

export function Logo() {
  return (
    <Link
      to="/"
      className="flex h-7 items-center gap-2 rounded-md px-1 font-semibold tracking-tight"
    >
      <img src="/icon.svg" alt="" width={20} height={20} />
      Millrace
    </Link>
  );
}
