import type { AskNumbers } from "../api/types.ts";

export const periods = [
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
];

export const usualPeriod = "7";

/** The start of a period that ends now: whole hours, so that the address of the answer stays the same within one. */
export function periodStart(days: string, now: number): string {
  const hours = 24 * (Number(days) || Number(usualPeriod));
  const hour = 3_600_000;
  return new Date(Math.floor(now / hour) * hour - hours * hour).toISOString();
}

/** "3 % of 1204 decisions": how much of what agents do interrupts somebody. */
export function askShare(numbers: AskNumbers): string {
  const decisions = numbers.allowed + numbers.denied + numbers.asked;
  if (decisions === 0) {
    return "no decisions";
  }
  const share = (100 * numbers.asked) / decisions;
  const percent = share === 0 || share >= 10 ? Math.round(share) : Math.round(share * 10) / 10;
  return `${percent} % of ${decisions} decision${decisions === 1 ? "" : "s"}`;
}
