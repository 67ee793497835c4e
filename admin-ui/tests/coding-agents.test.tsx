import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it } from "vitest";
import { inventories } from "../mock/inventory.ts";
import { engineId } from "../mock/seed.ts";
import type { AskNumbers } from "../src/api/types.ts";
import { AgentSettings } from "../src/fleet/agent-settings.tsx";
import { agentTitle, diffLines, sourceWord } from "../src/fleet/coding-agents.ts";
import { McpServers } from "../src/fleet/mcp-servers.tsx";
import { StandingLabels } from "../src/fleet/standing-labels.tsx";
import { askShare, periodStart } from "../src/investigation/asks.ts";

const { inventory } = inventories((seconds) => new Date(1e12 - seconds * 1000).toISOString())[
  engineId
]!;

describe("an agent's standing", () => {
  it("says that it may not run before it says whether it is managed", () => {
    render(<StandingLabels standing="managed" refusal="too-old" />);
    const words = screen.getAllByText(/Too old|Managed/).map((each) => each.textContent);
    expect(words).toEqual(["Too old", "Managed"]);
  });

  it("tells an unknown agent, and shows a refusal that it does not know as it is", () => {
    render(<StandingLabels standing="unknown" refusal="moon-phase" />);
    expect(screen.getByText("Unknown agent")).toBeTruthy();
    expect(screen.getByText("moon-phase")).toBeTruthy();
  });

  it("has no refusal when it may run", () => {
    render(<StandingLabels standing="unmanaged" refusal="" />);
    expect(screen.getByText("Unmanaged")).toBeTruthy();
    expect(screen.queryByText("Denied")).toBeNull();
  });
});

describe("managed settings", () => {
  it("show files, limits and, on demand, what was changed", async () => {
    render(<AgentSettings settings={inventory.settings} drifts={inventory.drifts} />);
    const codex = screen.getByRole("region", { name: "Settings of Codex" });
    expect(within(codex).getByText("In place")).toBeTruthy();
    expect(within(codex).getByText("1 limit")).toBeTruthy();
    expect(within(codex).getByText("1 drift")).toBeTruthy();
    const claude = screen.getByRole("region", { name: "Settings of Claude Code" });
    expect(within(claude).getByText("Not in place")).toBeTruthy();
    expect(within(claude).getByText("the file system is read-only")).toBeTruthy();
    expect(within(claude).queryByText(/drift/)).toBeNull();

    const toggle = within(codex).getByRole("button", { name: /requirements\.toml/ });
    expect(toggle.getAttribute("aria-expanded")).toBe("false");
    await userEvent.click(toggle);
    expect(toggle.getAttribute("aria-expanded")).toBe("true");
    const removed = within(codex).getByText('-allowed_approval_policies = ["never"]', {
      exact: false,
      selector: "[data-kind=removed]",
    });
    expect(removed).toBeTruthy();
  });
});

describe("MCP servers", () => {
  it("stand out when policy does not list them", () => {
    render(
      <MemoryRouter>
        <McpServers servers={inventory.mcpServers} />
      </MemoryRouter>,
    );
    const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
    expect(within(row("browser")).getByText("Not listed")).toBeTruthy();
    expect(within(row("docs")).getByText("Listed")).toBeTruthy();
    expect(within(row("docs")).getByText(/^npx -y docs-server/)).toBeTruthy();
  });
});

describe("the words of an inventory", () => {
  it("fall back to what the endpoint says", () => {
    expect(sourceWord("npm")).toBe("npm");
    expect(sourceWord("")).toBe("Only seen in use");
    expect(sourceWord("floppy")).toBe("floppy");
    expect(agentTitle("claude-code")).toBe("Claude Code");
    expect(agentTitle("crush")).toBe("crush");
  });

  it("tell what each line of a diff is", () => {
    expect(diffLines("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z\n").map(({ kind }) => kind)).toEqual([
      "place",
      "place",
      "place",
      "removed",
      "added",
      "same",
    ]);
  });
});

describe("the numbers of questions", () => {
  const numbers = (allowed: number, denied: number, asked: number) =>
    ({ allowed, denied, asked }) as AskNumbers;

  it("say how much of all decisions interrupts somebody", () => {
    expect(askShare(numbers(96, 1, 3))).toBe("3 % of 100 decisions");
    expect(askShare(numbers(995, 0, 5))).toBe("0.5 % of 1000 decisions");
    expect(askShare(numbers(0, 0, 1))).toBe("100 % of 1 decision");
    expect(askShare(numbers(0, 0, 0))).toBe("no decisions");
  });

  it("begin at a full hour", () => {
    const now = Date.parse("2026-11-26T10:40:00Z");
    expect(periodStart("1", now)).toBe("2026-11-25T10:00:00.000Z");
    expect(periodStart("nonsense", now)).toBe("2026-11-19T10:00:00.000Z");
  });
});
