import {
  ArrowDownWideNarrow,
  Box,
  CalendarRange,
  CircleHelp,
  Code,
  Combine,
  CopyMinus,
  Database,
  Filter,
  HardDriveDownload,
  type LucideIcon,
  Merge,
  Regex,
  Rows3,
  Sigma,
  Split,
  SquareFunction,
  StickyNote,
  Table2,
  TableProperties,
  Timer,
  Trophy,
  Ungroup,
} from "lucide-react";

// Icons by the names that kinds give; all of lucide would be a megabyte. A name that is not here is a box.
const icons: Record<string, LucideIcon> = {
  "arrow-down-wide-narrow": ArrowDownWideNarrow,
  "calendar-range": CalendarRange,
  code: Code,
  combine: Combine,
  "copy-minus": CopyMinus,
  database: Database,
  filter: Filter,
  "hard-drive-download": HardDriveDownload,
  merge: Merge,
  regex: Regex,
  "rows-3": Rows3,
  sigma: Sigma,
  split: Split,
  "square-function": SquareFunction,
  "sticky-note": StickyNote,
  "table-2": Table2,
  "table-properties": TableProperties,
  timer: Timer,
  trophy: Trophy,
  ungroup: Ungroup,
  unknown: CircleHelp,
};

export function KindIcon({ icon, size = 16 }: { icon: string; size?: number }) {
  const Icon = icons[icon] ?? Box;
  return <Icon size={size} aria-hidden="true" />;
}
