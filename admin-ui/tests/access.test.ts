import { describe, expect, it } from "vitest";
import { may, permissionsOf } from "../src/access/permissions.ts";
import { keepReturn, returnTo, signInLink, takeReturn } from "../src/access/return-to.ts";
import type { Role } from "../src/api/types.ts";

const session = (...roles: Role[]) => ({ roles, permissions: permissionsOf(roles) });

describe("what a role may do", () => {
  it("lets the administrator do everything", () => {
    expect(may(session("administrator"), "fleet.manage")).toEqual({ allowed: true });
    expect(may(session("administrator"), "content.read")).toEqual({ allowed: true });
  });

  it("gives the reason for what a viewer may not do", () => {
    expect(may(session("viewer"), "policy.publish")).toEqual({
      allowed: false,
      reason: "Only administrator or approver may publish policies (your role: viewer).",
    });
  });

  it("names every role of the user", () => {
    expect(may(session("analyst", "viewer"), "enrollment.manage")).toMatchObject({
      reason:
        "Only administrator may create or revoke enrollment tokens (your role: analyst and viewer).",
    });
  });

  it("believes the server's permissions, not the roles", () => {
    expect(may({ roles: ["administrator"], permissions: [] }, "fleet.manage").allowed).toBe(false);
    expect(may({ roles: ["viewer"], permissions: ["fleet.manage"] }, "fleet.manage").allowed).toBe(
      true,
    );
  });

  it("permits nothing to nobody", () => {
    expect(may(null, "audit.read").allowed).toBe(false);
  });
});

describe("the way back after sign-in", () => {
  it("is the page that asked for it, with its filters", () => {
    const link = signInLink({ pathname: "/fleet", search: "?state=refused" });
    expect(returnTo(new URL(link, "http://localhost").search)).toBe("/fleet?state=refused");
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "fleet",
    "",
    "/sign-in?return=/x",
  ])("is the fleet instead of %j", (target) => {
    expect(returnTo(`?return=${encodeURIComponent(target)}`)).toBe("/fleet");
  });

  it("survives the way over the identity provider once", () => {
    keepReturn("/policies/balanced/edit");
    expect(takeReturn()).toBe("/policies/balanced/edit");
    expect(takeReturn()).toBe("/fleet");
  });
});
