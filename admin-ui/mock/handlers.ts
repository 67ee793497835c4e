import { accessHandlers } from "./access.ts";
import { fleetHandlers } from "./fleet.ts";
import { inventoryHandlers } from "./inventory.ts";
import { investigationHandlers } from "./investigation.ts";
import { policyHandlers } from "./policy.ts";
import type { MockState } from "./seed.ts";

/** /admin/v1 over a state in memory: for `npm run dev`, the tests and the end-to-end run alike. */
export function handlers(state: MockState) {
  return [
    ...accessHandlers(state),
    ...fleetHandlers(state),
    ...inventoryHandlers(state),
    ...policyHandlers(state),
    ...investigationHandlers(state),
  ];
}
