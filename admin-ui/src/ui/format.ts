const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "4 minutes ago", "in 3 days"; `at` is RFC 3339, `now` in milliseconds. */
export function relativeTime(at: string, now: number): string {
  const distance = Date.parse(at) - now;
  if (Number.isNaN(distance)) {
    return at;
  }
  const size = Math.abs(distance);
  if (size < 5 * second) {
    return "just now";
  }
  const [amount, unit] =
    size < minute
      ? [Math.round(size / second), "second"]
      : size < hour
        ? [Math.round(size / minute), "minute"]
        : size < 2 * day
          ? [Math.round(size / hour), "hour"]
          : [Math.round(size / day), "day"];
  const words = `${amount} ${unit}${amount === 1 ? "" : "s"}`;
  return distance < 0 ? `${words} ago` : `in ${words}`;
}

/** The reader's own zone and calendar, with the zone named: what a tooltip shows. */
export function absoluteTime(at: string, locale?: string, timeZone?: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? at
    : new Intl.DateTimeFormat(locale, {
        dateStyle: "medium",
        timeStyle: "medium",
        timeZone,
      }).format(time);
}

/** "870 µs", "12.4 ms", "3.2 s", "2 min 5 s"; takes milliseconds. */
export function duration(ms: number | null): string {
  if (ms === null) {
    return "–";
  }
  if (ms === 0) {
    return "0";
  }
  if (ms < 1) {
    return `${Math.round(ms * 1000)} µs`;
  }
  if (ms < second) {
    return `${trim(ms)} ms`;
  }
  if (ms < minute) {
    return `${trim(ms / second)} s`;
  }
  if (ms < hour) {
    return `${Math.floor(ms / minute)} min ${Math.round((ms % minute) / second)} s`;
  }
  return `${Math.floor(ms / hour)} h ${Math.round((ms % hour) / minute)} min`;
}

function trim(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

/** One value of a policy or an attribute, as text on one line. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined) {
    return "–";
  }
  if (typeof value === "string") {
    return value;
  }
  return JSON.stringify(value);
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The first dozen digits of a digest or id: enough to compare by eye. */
export function short(digest: string, length = 12): string {
  const hex = digest.replace(/^sha256:/, "");
  return hex.length > length ? `${hex.slice(0, length)}…` : hex;
}
