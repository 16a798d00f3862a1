import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { buttonClass } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

export function NotFound() {
  return (
    <EmptyState
      wholePage
      icon={<Compass size={28} />}
      title="There is no such page"
      action={
        <Link to="/" className={buttonClass()}>
          All pipelines
        </Link>
      }
    >
      The address may be mistyped, or what it led to was deleted.
    </EmptyState>
  );
}
