import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./Button";
import { Tooltip } from "./Tooltip";

interface Props extends ComponentProps<"button"> {
  /** What the button does; also shown as its tooltip. */
  "aria-label": string;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

export function IconButton({
  variant = "ghost",
  size = "md",
  className = "",
  ...rest
}: Props) {
  const square = size === "sm" ? "w-6 px-0!" : "w-7.5 px-0!";
  return (
    <Tooltip label={rest["aria-label"]}>
      <button
        type="button"
        {...rest}
        className={`${buttonClass(variant, size)} ${square} ${className}`}
      />
    </Tooltip>
  );
}
