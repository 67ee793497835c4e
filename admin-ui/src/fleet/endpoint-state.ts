import type { EndpointState } from "../api/types.ts";

type Status = "success" | "info" | "warning" | "danger";

interface StateWords {
  word: string;
  status: Status | undefined;
  meaning: string;
}

/** What each state means to somebody who has to act on it. */
export const endpointStates: Record<EndpointState, StateWords> = {
  "in-force": {
    word: "In force",
    status: "success",
    meaning: "The endpoint enforces what was published last.",
  },
  pending: {
    word: "Pending",
    status: "info",
    meaning: "In contact, but what was published last is not in force there yet.",
  },
  refused: {
    word: "Refused",
    status: "danger",
    meaning: "The endpoint refused what was published and keeps the last policy it verified.",
  },
  stale: {
    word: "Stale",
    status: "warning",
    meaning: "The signed metadata the endpoint holds has expired. It keeps enforcing what it has.",
  },
  silent: {
    word: "Silent",
    status: "warning",
    meaning: "No contact for more than 90 seconds.",
  },
  "never-synced": {
    word: "Never synced",
    status: undefined,
    meaning:
      "Enrolled, but it has not reported yet. Until it has a policy, the strictest one holds.",
  },
  disabled: {
    word: "Disabled",
    status: undefined,
    meaning: "An administrator disabled it. The server answers none of its calls.",
  },
};
