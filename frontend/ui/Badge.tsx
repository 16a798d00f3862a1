import type { ComponentProps, ReactNode } from "react";

export type Tone = "neutral" | "accent" | "ok" | "warn" | "danger";

const tones: Record<Tone, string> = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent",
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
};

interface Props extends ComponentProps<"span"> {
  tone?: Tone;
  /** A dot before the text. */
  dot?: boolean;
  children: ReactNode;
}

export function Badge({
  tone = "neutral",
  dot = false,
  className = "",
  children,
  ...rest
}: Props) {
  return (
    <span
      {...rest}
      className={`inline-flex h-5 items-center gap-1.5 rounded-full px-2 text-2xs font-medium whitespace-nowrap ${tones[tone]} ${className}`}
    >
      {dot && <span className="size-1.5 rounded-full bg-current" />}
      {children}
    </span>
  );
}
