import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { startConsole, type Console } from "./console.ts";
import { patience } from "./patience.ts";

const executable = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const shots = join(import.meta.dirname, "../target/screenshots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function launch(): Promise<Browser> {
  if (!existsSync(executable)) {
    throw new Error(
      `${executable}: no browser there (expected: Chromium; install the package chromium, or name another with CHROMIUM)`,
    );
  }
  mkdirSync(shots, { recursive: true });
  return chromium.launch({
    executablePath: executable,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Visit {
  page: Page;
  console: Console;
  /** What a person must not meet: script errors, requests to elsewhere, blocked content. */
  complaints: string[];
  close: () => Promise<void>;
}

/** A fresh browser profile on a fresh console. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const served = await startConsole();
  const context = await browser.newContext({
    baseURL: served.url,
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports every 4xx itself; those are the tests' own subject.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(served.url) && !/^(data|blob):/.test(request.url())) {
      complaints.push(`request to elsewhere: ${request.url()}`);
    }
  });
  return {
    page,
    console: served,
    complaints,
    close: async () => {
      await context.close();
      await served.close();
    },
  };
}

export async function signIn(page: Page, user = "admin"): Promise<void> {
  await page.getByLabel("User name").fill(user);
  await page.getByRole("textbox", { name: "Password" }).fill("correct horse");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

export async function open(page: Page, path: string, user = "admin"): Promise<void> {
  await page.goto(path);
  await signIn(page, user);
}

/** The query of the page's address; a change of it comes a little after what caused it. */
export async function search(page: Page, expected: string): Promise<void> {
  await page.waitForURL((url) => url.search === expected);
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What hurts WCAG 2.2 A and AA on the page as it stands, as far as a machine can tell. */
export async function barriers(page: Page): Promise<string[]> {
  // By the debugger's channel, which the page's content security policy does not concern.
  await page.evaluate(axe);
  const result = await page.evaluate(
    () =>
      (window as unknown as { axe: { run: (o: object) => Promise<AxeResult> } }).axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      }) as Promise<AxeResult>,
  );
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary})`),
  );
}
