// What an administrator does first, on a real server with real data: by role and label, as a person would find it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser, requireTrusted } from "./browse.mjs";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    ca: { type: "string" },
    "password-file": { type: "string" },
    session: { type: "string" },
    user: { type: "string", default: "admin" },
    screenshots: { type: "string" },
  },
});
for (const option of ["url", "ca", "password-file", "session"]) {
  if (!values[option]) {
    console.error(`console: --${option} is missing (expected: --url URL --ca CA.pem --password-file FILE --session NAME)`);
    process.exit(2);
  }
}

const ca = readFileSync(values.ca, "utf8");
const browser = await openBrowser(ca);
const context = await browser.newContext({
  baseURL: values.url,
  viewport: { width: 1280, height: 900 },
  reducedMotion: "reduce",
});
context.setDefaultTimeout(60_000);
const page = await context.newPage();
const complaints = [];
page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
page.on("response", (response) => {
  // Before the sign-in the console asks who is signed in, and is told nobody.
  if (response.status() >= 400 && !response.url().endsWith("/admin/v1/session")) {
    complaints.push(`${response.status()} for ${response.request().method()} ${response.url()}`);
  }
});
if (values.screenshots) {
  mkdirSync(values.screenshots, { recursive: true });
}

const heading = (name) => page.getByRole("heading", { level: 1, name });
const table = (name) => page.getByRole("grid", { name });
const fact = (list, term) =>
  page
    .locator(`dl[aria-label="${list}"] > div`)
    .filter({ has: page.getByRole("term").filter({ hasText: new RegExp(`^${term}$`) }) })
    .getByRole("definition");

const steps = {
  "the server's certificate comes from the given authority": () => requireTrusted(values.url, ca),
  "signs in with the password of the file": async () => {
    await page.goto("/fleet");
    await page.getByLabel("User name").fill(values.user);
    await page
      .getByRole("textbox", { name: "Password" })
      .fill(readFileSync(values["password-file"], "utf8").trim());
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    await heading("Fleet").waitFor();
  },
  "the fleet shows an endpoint with its policy in force": async () => {
    const row = table("Endpoints").getByRole("row").filter({ hasText: "In force" }).first();
    await row.getByRole("link").first().waitFor();
    assert.match(await row.innerText(), /\br\d+\b/, "the policy's revision");
    await row.getByRole("link").first().click();
    await page.getByRole("heading", { level: 2, name: "Device certificate" }).waitFor();
    assert.match(await fact("In force", "Policy").innerText(), /\S+ r\d+/);
    assert.match(await fact("In force", "Signed targets").innerText(), /version \d+/);
  },
  "the effective policy shows where every value comes from": async () => {
    await page.getByRole("link", { name: "Effective policy" }).click();
    await page.getByText("The endpoint reports exactly this policy in force").waitFor();
    const rows = table("Provenance of filesystem").getByRole("row");
    const origin = rows.getByRole("link", { name: /^\S+ r\d+, line \d+$/ }).first();
    await origin.waitFor();
    const line = /line (\d+)$/.exec(await origin.innerText())[1];
    await origin.click();
    await heading(/^Revision \d+/).waitFor();
    await page.waitForURL((url) => url.searchParams.get("line") === line);
    await page.getByText("apiVersion: cordon.io/v1").waitFor();
  },
  "a coding agent that Cordon cannot manage stands out, and leads to its machine": async () => {
    await page.goto("/coding-agents?q=crush");
    const row = table("Coding agents").getByRole("row").filter({ hasText: "/.local/bin/crush" });
    await row.getByText("Unknown agent").waitFor();
    await row.getByRole("link").click();
    await page.getByRole("heading", { level: 2, name: "MCP servers" }).waitFor();
    const installed = table("Installed coding agents").getByRole("row").filter({ hasText: "Crush" });
    await installed.getByText("Unknown agent").waitFor();
  },
  "the numbers of questions are there for the period": async () => {
    await page.goto("/coding-agents/questions");
    assert.match(await fact("Questions to developers", "Asked").innerText(), /^\d+, which is /);
  },
  "the session shows its runs": async () => {
    await page.goto(`/sessions?q=${encodeURIComponent(values.session)}`);
    await table("Sessions").getByTitle(values.session, { exact: true }).click();
    await heading(/^Session /).waitFor();
    assert.equal(await fact("Session", "Session name").innerText(), values.session);
    const runs = page.getByRole("list", { name: "Timeline" }).locator("> li");
    await runs.first().waitFor();
    const all = await page.getByRole("button", { name: /^All \d+ runs?$/ }).innerText();
    assert.equal(await runs.count(), Number(/\d+/.exec(all)[0]));
  },
  "the denied run's trace shows the attested decision with rule and arguments": async () => {
    await page.getByRole("button", { name: /^[1-9]\d* denied$/ }).click();
    const denied = page
      .getByRole("list", { name: "Timeline" })
      .getByRole("listitem")
      .filter({ hasText: "Denied" })
      .first();
    const command = denied.getByRole("link");
    const words = await command.innerText();
    await command.click();
    const run = page.getByRole("treeitem", { name: /^cordon\.run.*Denied.*Attested/s });
    await run.waitFor();
    await run.click();
    await page.getByRole("heading", { level: 2, name: "cordon.run" }).waitFor();
    assert.ok(await fact("Decision", "Rule").innerText(), "the rule");
    assert.match(await fact("Decision", "Policy").innerText(), /\S+ r\d+/);
    const given = await page.getByLabel("Arguments", { exact: true }).innerText();
    assert.equal(given.split(/\s+/)[0], words.split(/\s+/)[0], "the arguments are those of the command");
    await page.getByRole("treeitem", { name: /^cordon\.decision.*Denied.*Attested/s }).click();
    await page.getByRole("heading", { level: 2, name: "cordon.decision" }).waitFor();
    assert.ok(await fact("Decision", "Reason").innerText(), "the reason");
  },
  "the editor finds no fault with what is published": async () => {
    await page.goto("/policies");
    await table("Policy documents").getByRole("link", { name: "balanced", exact: true }).click();
    await page.getByRole("link", { name: "Edit" }).or(page.getByRole("button", { name: "Edit" })).first().click();
    await page.getByText("This text can be published.").waitFor();
  },
  "the audit chain is intact and holds this sign-in": async () => {
    await page.goto("/audit");
    await page.getByText("access.sign-in").first().waitFor();
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await page.getByText("The chain is intact").waitFor();
  },
  "nothing failed on the way": () => {
    assert.deepEqual(complaints, []);
  },
};

let failed = 0;
for (const [index, [name, step]] of Object.entries(steps).entries()) {
  try {
    await step();
    console.log(`ok: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.message.split("\n")[0]}`);
  }
  if (values.screenshots) {
    await page.screenshot({ path: join(values.screenshots, `${index + 1}.png`) });
  }
}
await browser.close();
console.log(`console: ${Object.keys(steps).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
