import type { ComponentProps, ReactNode } from "react";
import { Spinner } from "./Spinner";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

const variants: Record<ButtonVariant, string> = {
  primary:
    "bg-accent text-on-accent not-aria-disabled:hover:bg-accent-hover border-transparent",
  secondary:
    "bg-raised text-text border-strong not-aria-disabled:hover:bg-hover",
  ghost:
    "bg-transparent text-text border-transparent not-aria-disabled:hover:bg-hover",
  danger:
    "bg-danger text-on-danger border-transparent not-aria-disabled:hover:bg-danger-hover",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-6 gap-1 px-2 text-xs",
  md: "h-7.5 gap-1.5 px-3 text-sm",
};

export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "md",
): string {
  return `inline-flex shrink-0 select-none items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors disabled:opacity-50 aria-disabled:opacity-50 data-popup-open:bg-hover ${variants[variant]} ${sizes[size]}`;
}

interface Props extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Shows a spinner in the icon's place and takes no clicks. */
  busy?: boolean;
}

export function Button({
  variant,
  size,
  icon,
  busy = false,
  disabled = false,
  className = "",
  children,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      className={`${buttonClass(variant, size)} ${className}`}
    >
      {busy ? <Spinner label="Working" size={12} /> : icon}
      {children}
    </button>
  );
}
