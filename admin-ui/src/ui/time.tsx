import { useSyncExternalStore } from "react";
import { absoluteTime, relativeTime } from "./format.ts";

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for every relative time on the page; it ticks only while somebody looks. */
function subscribe(listener: () => void): () => void {
  if (timer === undefined) {
    now = Date.now(); // Nobody looked until now, so it stood still.
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach((each) => each());
    }, 5000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

export function RelativeTime(props: { at: string | null; none?: string }) {
  const clock = useSyncExternalStore(subscribe, () => now);
  if (!props.at) {
    return <span className="cordon-quiet">{props.none ?? "never"}</span>;
  }
  return (
    <time dateTime={props.at} title={absoluteTime(props.at)}>
      {relativeTime(props.at, clock)}
    </time>
  );
}

export function AbsoluteTime(props: { at: string | null }) {
  return props.at ? (
    <time dateTime={props.at} title={props.at}>
      {absoluteTime(props.at)}
    </time>
  ) : (
    <span className="cordon-quiet">–</span>
  );
}
