import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineId, sessionId } from "../mock/seed.ts";
import { barriers, launch, open, shoot, visit } from "./browser.ts";

/** Every screen, with the text that shows it has arrived. */
const screens = [
  { name: "fleet", path: "/fleet", shows: "dev-anna" },
  { name: "endpoint", path: `/fleet/${engineId}`, shows: "Device certificate" },
  { name: "endpoint-policy", path: `/fleet/${engineId}/policy`, shows: "~/payments-keys" },
  { name: "endpoint-agents", path: `/fleet/${engineId}/agents`, shows: "docs-server" },
  { name: "endpoint-runs", path: `/fleet/${engineId}/runs`, shows: "git status" },
  { name: "enroll", path: "/fleet/enroll", shows: "ABCDEFGH23456723" },
  { name: "coding-agents", path: "/coding-agents", shows: "/home/anna/.local/bin/crush" },
  { name: "agent-versions", path: "/coding-agents/versions", shows: "2.1.197" },
  { name: "agent-questions", path: "/coding-agents/questions", shows: "deploy-asks" },
  { name: "policies", path: "/policies", shows: "payments-hosts" },
  { name: "library", path: "/policies/library", shows: "strict-offline" },
  { name: "policy", path: "/policies/balanced", shows: "The test suite needs more processes" },
  {
    name: "revision",
    path: "/policies/balanced/revisions/2?line=12",
    shows: "Digest",
  },
  { name: "editor", path: "/policies/balanced/edit", shows: "Problems" },
  { name: "diff", path: "/policies/balanced/diff?from=1&to=2", shows: "memoryMiB" },
  { name: "sessions", path: "/sessions", shows: "codex-7f3a" },
  { name: "session", path: `/sessions/${sessionId}`, shows: "The remote has diverged" },
  { name: "audit", path: "/audit", shows: "policy.publish" },
];

const looks = [
  { theme: "light", width: 1280, height: 800 },
  { theme: "dark", width: 1280, height: 800 },
  { theme: "light", width: 1920, height: 1080 },
  { theme: "dark", width: 1920, height: 1080 },
] as const;

describe("every screen", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  for (const { theme, width, height } of looks) {
    it(`is accessible, fits and makes no errors in ${theme} at ${width}`, async () => {
      const { page, complaints, console, close } = await visit(browser, {
        viewport: { width, height },
        colorScheme: theme,
      });
      const found: string[] = [];
      const look = async (name: string) => {
        await page.evaluate(() => document.fonts.ready);
        await shoot(page, `${name}-${theme}-${width}`);
        found.push(...(await barriers(page)).map((each) => `${name}: ${each}`));
        const overflow = await page.evaluate(() =>
          Math.max(
            ...[...document.querySelectorAll("html, main, .pf-v6-c-page__main-container")].map(
              (each) => each.scrollWidth - each.clientWidth,
            ),
          ),
        );
        if (overflow > 0) {
          found.push(`${name}: ${overflow} pixels wider than the window`);
        }
      };
      await page.goto("/sign-in");
      await page.getByRole("heading", { name: "Sign in to Cordon" }).waitFor();
      await look("sign-in");
      await open(page, "/fleet");
      const { traceId, spanId } = console.state.runs[0]!;
      const trace = { name: "trace", path: `/traces/${traceId}?span=${spanId}`, shows: "Process" };
      for (const { name, path, shows } of [...screens, trace]) {
        await page.goto(path);
        try {
          await page.locator("main").getByText(shows).first().waitFor();
          await look(name);
        } catch (error) {
          await shoot(page, `${name}-${theme}-${width}`);
          found.push(`${name}: ${shows} did not appear (${String(error)})`);
        }
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }, 1_200_000);
  }
});
