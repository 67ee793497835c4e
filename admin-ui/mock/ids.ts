/** Ids that links in tests lead to. */
export const sessionId = "5e551011-0000-4000-8000-000000000001";
export const engineId = "0b5f2c1e-7a31-4f0e-9c55-2d6a8b1f4e01";
