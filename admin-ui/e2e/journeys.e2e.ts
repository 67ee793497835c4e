import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engineId, sessionId } from "../mock/seed.ts";
import { launch, open, search, shoot, signIn, visit, type Visit } from "./browser.ts";

let browser: Browser;
let here: Visit;
let page: Page;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  here = await visit(browser);
  page = here.page;
});
afterEach(async () => {
  await here.close();
  expect(here.complaints).toEqual([]);
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const dialog = () => page.getByRole("dialog");
const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name });

async function giveReason(reason: string, action: string): Promise<void> {
  await dialog().getByLabel("Reason").fill(reason);
  await dialog().getByRole("button", { name: action, exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
}

/** Puts the cursor at the end of the editor's text and types. */
async function typeInEditor(label: string | RegExp, text: string): Promise<void> {
  await page.getByRole("textbox", { name: label }).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}

describe("signing in", () => {
  it("says what was wrong, and after too many attempts how long to wait", async () => {
    await page.goto("/sign-in");
    for (let attempt = 0; attempt < 6; attempt++) {
      await page.getByLabel("User name").fill("admin");
      await page.getByRole("textbox", { name: "Password" }).fill(`wrong ${attempt}`);
      await button("Sign in").click();
      await page.getByRole("alert").waitFor();
    }
    await page.getByText("Wait 5 minutes, then try again.").waitFor();
  });

  it("leads back to the page that was asked for, filters included", async () => {
    await page.goto("/fleet?state=refused");
    await heading("Sign in to Cordon").waitFor();
    await signIn(page);
    await page.getByRole("link", { name: "build-01" }).waitFor();
    await search(page, "?state=refused");
    expect(await page.getByRole("link", { name: "dev-anna" }).count()).toBe(0);
  });

  it("is asked for again when the session ends in between", async () => {
    await open(page, "/policies");
    const policy = page.getByRole("link", { name: "balanced", exact: true });
    await policy.waitFor();
    here.console.state.sessions.clear();
    await policy.click();
    await heading("Sign in to Cordon").waitFor();
    await signIn(page);
    await heading("balanced").waitFor();
  });

  it("ends with the menu", async () => {
    await open(page, "/fleet");
    await page.getByRole("button", { name: /Ada Admin/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await heading("Sign in to Cordon").waitFor();
  });
});

describe("by keyboard alone", () => {
  it("goes from sign-in to a published policy", async () => {
    const press = (key: string) => page.keyboard.press(key);
    const focusOn = async (role: "link" | "button", name: string, backwards = false) => {
      const target = page.getByRole(role, { name, exact: true }).first();
      await target.waitFor();
      for (let step = 0; step < 60; step++) {
        if (await target.evaluate((element) => element === document.activeElement)) {
          return;
        }
        await press(backwards ? "Shift+Tab" : "Tab");
      }
      throw new Error(`${name} cannot be reached with the Tab key`);
    };
    await page.goto("/sign-in");
    await page.getByLabel("User name").waitFor();
    await page.keyboard.type("admin");
    await press("Tab");
    await page.keyboard.type("correct horse");
    await press("Enter");
    await heading("Fleet").waitFor();

    await focusOn("link", "Skip to content");
    await press("Enter");
    await focusOn("link", "Policies", true);
    await press("Enter");
    await heading("Policies").waitFor();
    await focusOn("link", "balanced");
    await press("Enter");
    await heading("balanced").waitFor();
    await focusOn("button", "Edit");
    await press("Enter");
    await heading("Edit balanced").waitFor();

    const editor = page.getByRole("textbox", { name: "Draft of balanced" });
    for (
      let step = 0;
      step < 40 && !(await editor.evaluate((e) => e === document.activeElement));
      step++
    ) {
      await press("Tab");
    }
    await press("Control+End");
    await page.keyboard.type("# asked for by keyboard");
    await page.getByText("unsaved changes, kept in this tab").waitFor();
    await focusOn("button", "Save draft", true);
    await press("Enter");
    await dialog().waitFor();
    await page.keyboard.type("No mouse at hand");
    await focusOn("button", "Save draft");
    await press("Tab");
    await press("Shift+Tab");
    await dialog().getByRole("button", { name: "Save draft" }).focus();
    await press("Enter");
    await dialog().waitFor({ state: "hidden" });
    await page.getByText("nothing unsaved").waitFor();

    await page.getByText("None. This text can be published.").waitFor();
    await focusOn("button", "Publish", true);
    await press("Enter");
    await dialog()
      .getByRole("heading", { name: /Approvals are not separated/ })
      .waitFor();
    await dialog().getByLabel("Reason").focus();
    await page.keyboard.type("Still no mouse");
    await press("Tab");
    await press("Enter");
    await heading("balanced").waitFor();
    await page.getByText("Still no mouse").waitFor();
    expect(
      here.console.state.policies.find(({ name }) => name === "balanced")?.revisions[0],
    ).toMatchObject({
      revision: 3,
      reason: "Still no mouse",
    });
  });

  it("keeps the focus inside an open dialog and gives it back", async () => {
    await open(page, `/fleet/${engineId}`);
    await button("Disable").focus();
    await page.keyboard.press("Enter");
    const inside = () => dialog().evaluate((element) => element.contains(document.activeElement));
    // The dialog takes the focus a little after it is shown.
    await expect.poll(inside).toBe(true);
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press("Tab");
      expect(await inside()).toBe(true);
    }
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
    await expect
      .poll(() => button("Disable").evaluate((e) => e === document.activeElement))
      .toBe(true);
  });
});

describe("the fleet", () => {
  it("filters in the URL and finds nothing with words", async () => {
    await open(page, "/fleet");
    await page.getByRole("textbox", { name: "Search host, group, id" }).fill("nobody");
    await page.getByRole("heading", { name: "No endpoint matches" }).waitFor();
    await search(page, "?q=nobody");
    await page.getByRole("link", { name: "Show all endpoints" }).click();
    await page.getByRole("link", { name: "dev-anna" }).waitFor();
  });

  it("is searched by what is typed last, and by nothing again after going back", async () => {
    await open(page, "/fleet");
    const box = page.getByRole("textbox", { name: "Search host, group, id" });
    await box.pressSequentially("dev-a");
    await page.getByRole("link", { name: "build-01" }).waitFor({ state: "hidden" });
    await search(page, "?q=dev-a");
    await page.goBack();
    await page.getByRole("link", { name: "build-01" }).waitFor();
    await expect.poll(() => box.inputValue()).toBe("");
    await search(page, "");
  });

  it("explains the first enrollment when it is empty", async () => {
    here.console.state.endpoints.length = 0;
    await open(page, "/fleet");
    await page.getByRole("heading", { name: "No endpoint has enrolled yet" }).waitFor();
    const command = page.getByRole("textbox", { name: "Enroll command" });
    expect(await command.inputValue()).toContain(
      `cordon-agent enroll --server ${here.console.url}`,
    );
    await shoot(page, "fleet-empty-light-1280");
  });

  it("disables an endpoint with a reason that is kept", async () => {
    await open(page, `/fleet/${engineId}`);
    await button("Disable").click();
    await giveReason("Stolen", "Disable endpoint");
    await page.getByText("Disabled").first().waitFor();
    await button("Enable").waitFor();
    expect(here.console.state.audit[0]).toMatchObject({
      action: "fleet.disable",
      reason: "Stolen",
    });
  });

  it("shows who set a value and leads to that line", async () => {
    await open(page, `/fleet/${engineId}/policy`);
    const row = page.getByRole("row", { name: /no-force-push/ });
    await row.getByRole("link", { name: "balanced r2, line 31" }).click();
    await heading("Revision 2").waitFor();
    await search(page, "?line=31");
    await page.getByText("- id: no-force-push").waitFor();
  });

  it("tells when the endpoint enforces something else", async () => {
    await open(page, `/fleet/${here.console.state.endpoints[1]!.id}/policy`);
    await page.getByText("The endpoint reports another policy in force").waitFor();
  });

  it("issues a token once, with the command to run, and revokes it", async () => {
    await open(page, "/fleet/enroll");
    await button("Create token").click();
    await dialog().getByLabel("Group").fill("engineering");
    await dialog().getByLabel("Tags").fill("team=payments");
    await dialog().getByLabel("Reason").fill("A new laptop");
    await dialog().getByRole("button", { name: "Create token" }).click();
    await page.getByText("The token is shown once").waitFor();
    const token = await page.getByRole("textbox", { name: "Enrollment token" }).inputValue();
    expect(token).toMatch(/^cet1\./);
    expect(await page.getByRole("textbox", { name: "Enroll command" }).inputValue()).toContain(
      token,
    );
    await shoot(page, "token-light-1280");
    await button("Done").click();
    const id = token.split(".")[1]!;
    await page.getByRole("button", { name: `Revoke token ${id}` }).click();
    await giveReason("Not needed", "Revoke token");
    await page.getByRole("row", { name: new RegExp(`${id}.*Revoked`) }).waitFor();
  });
});

describe("a policy", () => {
  it("starts from the library under a name of its own", async () => {
    await open(page, "/policies/library");
    await button("Use as a start: Strict, offline").click();
    await page.getByText("my-strict-offline").waitFor();
    await button("Save draft").click();
    await giveReason("A start", "Save draft");
    await heading("Edit my-strict-offline").waitFor();
  });

  it("marks what is wrong with line and remedy, and does not let it be saved", async () => {
    await open(page, "/policies/balanced/edit");
    await typeInEditor("Draft of balanced", "colour: blue\n");
    const problems = page.getByRole("list", { name: "Problems" });
    await problems.getByText("colour: unknown field").waitFor();
    await problems.getByText(/Remove it, or use one of/).waitFor();
    expect(await button("Save draft").getAttribute("aria-disabled")).toBe("true");
    await shoot(page, "editor-problem-light-1280");
    await problems.getByRole("button", { name: /Line \d+/ }).click();
    await expect
      .poll(() =>
        page
          .getByRole("textbox", { name: "Draft of balanced" })
          .evaluate((e) => e === document.activeElement),
      )
      .toBe(true);
  });

  it("completes from the schema", async () => {
    await open(page, "/policies/new");
    await page.getByText("This text can be published.").waitFor();
    await typeInEditor("New document", "  net");
    // The schema may still be on its way when the text is already judged.
    const network = page.getByRole("option", { name: /^network/ });
    await expect
      .poll(
        async () => {
          const shown = await network.isVisible();
          if (!shown) {
            await page.keyboard.press("Control+Space");
          }
          return shown;
        },
        { interval: 500 },
      )
      .toBe(true);
    // Not with Enter, which the editor takes for a line break within a moment of showing the list.
    await network.click();
    await page.getByText("network:").waitFor();
  });

  it("answers what the text would decide", async () => {
    await open(page, "/policies/balanced/edit");
    await page
      .getByRole("textbox", { name: "Command", exact: true })
      .fill("git push --force origin main");
    await button("Evaluate").click();
    await page.getByText("Force pushes rewrite shared history.").last().waitFor();
    await page.getByRole("button", { name: "Path", exact: true }).click();
    await page.getByRole("textbox", { name: "Path", exact: true }).fill("~/.ssh/id_ed25519");
    await button("Evaluate").click();
    await page.getByText("read-deny:~/.ssh").waitFor();
  });

  it("brings unsaved text back after the page is left", async () => {
    await open(page, "/policies/balanced/edit");
    await typeInEditor("Draft of balanced", "# not yet saved\n");
    await page.goto("/fleet");
    await page.goto("/policies/balanced/edit");
    await page.getByText("Your unsaved text is back").waitFor();
    await page.getByRole("button", { name: "Use the saved text" }).click();
    await page.getByText("nothing unsaved").waitFor();
  });

  it("shows both texts when somebody saved first, and saves the merged one", async () => {
    await open(page, "/policies/balanced/edit");
    await typeInEditor("Draft of balanced", "# mine\n");
    const policy = here.console.state.policies.find(({ name }) => name === "balanced")!;
    const source = `${policy.revisions[0]!.source}# theirs\n`;
    policy.draft = { source, revision: 1, author: "ben", updatedAt: new Date().toISOString() };
    await button("Save draft").click();
    await giveReason("Mine", "Save draft");
    await page.getByText("ben saved this draft meanwhile").waitFor();
    await page.getByText("# theirs").waitFor();
    await page.getByText("# mine").waitFor();
    await shoot(page, "conflict-light-1280");
    await typeInEditor("Your text", "# and theirs\n");
    await button("Save the merged text").click();
    await giveReason("Merged", "Save draft");
    await page.getByText("nothing unsaved").waitFor();
    expect(policy.draft).toMatchObject({ revision: 2, author: "admin" });
    expect(policy.draft.source).toContain("# mine\n# and theirs");
  });

  it("compares any two texts, chosen in the URL", async () => {
    await open(page, "/policies/balanced/diff");
    await page.getByLabel("From").selectOption("2");
    await page.getByText("Both texts are the same").waitFor();
    await search(page, "?from=2&to=2");
    await page.goBack();
    await expect.poll(() => page.getByLabel("From").inputValue()).toBe("1");
  });
});

describe("an investigation", () => {
  it("leads from the session to the denied run and its decision", async () => {
    await open(page, "/sessions?decision=deny");
    await page.getByRole("link", { name: "codex-7f3a" }).click();
    await button("1 denied").click();
    await search(page, "?only=denied");
    await page.getByText("The remote has diverged, so I overwrite it.").waitFor();
    await page.getByRole("link", { name: "git push --force origin main" }).click();
    const tree = page.getByRole("tree", { name: "Spans" });
    await tree.getByRole("treeitem", { name: /cordon.decision.*Denied.*Attested/ }).click();
    await page.getByText("no-force-push").first().waitFor();
    await shoot(page, "trace-denied-light-1280");
  });

  it("moves through the spans with the arrow keys", async () => {
    const { traceId } = here.console.state.runs[0]!;
    await open(page, `/traces/${traceId}`);
    const items = page.getByRole("treeitem");
    await items.first().focus();
    await page.keyboard.press("End");
    await page.waitForFunction(
      () => document.activeElement === [...document.querySelectorAll('[role="treeitem"]')].at(-1),
    );
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Process tree" }).getByText("/usr/bin/node").waitFor();
    await button("Close span").click();
    await search(page, "");
  });
});

describe("coding agents", () => {
  it("that may not run are found, and lead to their machine, its limits and its drift", async () => {
    await open(page, "/coding-agents");
    await page.getByLabel("May run").selectOption({ label: "Too old" });
    const rows = page.getByRole("grid", { name: "Coding agents" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(2);
    await rows.nth(1).getByRole("link", { name: "dev-anna" }).click();
    await page.getByRole("heading", { level: 2, name: "MCP servers" }).waitFor();
    await page.getByText("Codex cannot be told to which ports").waitFor();
    await page.getByRole("button", { name: /requirements\.toml/ }).click();
    await page.getByText('-allowed_approval_policies = ["never"]').waitFor();
    await shoot(page, "agent-drift");
  });

  it("lead from a version to the machines that have it", async () => {
    await open(page, "/coding-agents/versions");
    await page.getByRole("link", { name: "0.169.0" }).click();
    await page.getByRole("link", { name: "dev-boris" }).waitFor();
    await search(page, "?agent=codex&version=0.169.0");
  });

  it("show how often developers are asked in the period that is chosen", async () => {
    await open(page, "/coding-agents/questions");
    await page.getByText("35, which is 2.8 % of 1246 decisions").waitFor();
    await page.getByLabel("Period").selectOption({ label: "Last 30 days" });
    await page.getByText(/^150, which is/).waitFor();
    expect(await page.getByText("6.4 s").count()).toBeGreaterThan(0);
  });
});

describe("a viewer", () => {
  it("sees why buttons are disabled, and no content", async () => {
    await open(page, "/policies/balanced", "vera");
    const edit = button("Edit");
    expect(await edit.getAttribute("aria-disabled")).toBe("true");
    await edit.focus();
    await page
      .getByRole("tooltip")
      .getByText(/Only administrator or approver may change drafts/)
      .waitFor();
    await page.goto(`/sessions/${sessionId}`);
    await page.getByText("(arguments hidden)").first().waitFor();
    const { traceId, spanId } = here.console.state.runs[0]!;
    await page.goto(`/traces/${traceId}?span=${spanId}`);
    await page.getByText("Arguments and output are hidden").waitFor();
    await page.goto("/audit");
    await page.getByText("The audit log is hidden").waitFor();
  });
});

describe("a failure", () => {
  it("shows what happened and is tried again on demand", async () => {
    await open(page, "/policies");
    await page.route("**/admin/v1/audit?*", (route) =>
      route.fulfill({
        status: 400,
        contentType: "application/problem+json",
        body: JSON.stringify({ code: "platform.bad-cursor", title: "x", status: 400 }),
      }),
    );
    await page.getByRole("link", { name: "Audit" }).click();
    await page.getByText("This page of the list is gone").waitFor();
    await page.unroute("**/admin/v1/audit?*");
    await button("Try again").click();
    await page.getByText("policy.publish").first().waitFor();
  });

  it("of a wrong link says so", async () => {
    await open(page, "/fleet/no-such-endpoint");
    await page.getByText("There is no such endpoint").waitFor();
    await page.goto("/nowhere");
    await heading("There is nothing here").waitFor();
  });

  it("of the audit chain is told apart from an intact one", async () => {
    await open(page, "/audit");
    await button("Verify the chain").click();
    await page.getByText("The chain is intact").waitFor();
    await page.route("**/admin/v1/audit/verify", (route) =>
      route.fulfill({ json: { intact: false, checked: 1, firstBroken: 2 } }),
    );
    await button("Verify the chain").click();
    await page.getByText("The chain is broken at entry 2").waitFor();
  });
});

describe("the theme", () => {
  it("is chosen, kept, and follows the system until then", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open(page, "/fleet");
    const dark = () =>
      page.evaluate(() => document.documentElement.classList.contains("pf-v6-theme-dark"));
    expect(await dark()).toBe(true);
    await button("Light theme").click();
    await expect.poll(dark).toBe(false);
    await page.reload();
    await heading("Fleet").waitFor();
    expect(await dark()).toBe(false);
  });
});
