/** How long one step may take, in milliseconds. */
export const patience = 60_000;
