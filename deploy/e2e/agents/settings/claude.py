"""The checks of Claude Code; the docstring of each is what it shows."""

import re

import dialogs
import servers
import web
from world import check, free_port, policy

MARK = {"shell": "touch ran; id -un"}


def mode(played):
    found = re.search(r'"permissionMode":"(\w+)"', played.printed)
    return found.group(1) if found else "none"


def claude_cannot_be_told_not_to_ask(world):
    """claude: bypassing permissions is refused, and an allow rule of the developer's own does not count"""
    world.write(".claude/settings.json", {"permissions": {"allow": ["Bash(touch *)"], "defaultMode": "bypassPermissions"}})
    world.manage(policy("offline"))
    played = world.play("claude", [{"shell": f"touch {world.outside}/undecided"}], ["--dangerously-skip-permissions"])
    check(mode(played) == "acceptEdits" and len(played.results) == 1 and not list(world.outside.iterdir()), played)


def claude_asks_cordon(world):
    """claude: the hooks run; what they confine runs unasked, what they refuse does not run"""
    world.manage(policy("offline"))
    played = world.play("claude", [{"shell": "id -un"}, {"shell": "touch ran; echo forbidden"}])
    check(played.code == 0 and played.said(0, "confined") and played.said(0, "cordon-e2e-agent"), played)
    check(not world.ran() and played.said(1, "Cordon says no."), played)
    check(["run", "--reason", "it's a step", "--", "bash", "-c", "id -un"] in world.calls(), world.calls())
    for event in ("SessionStart", "UserPromptSubmit", "PreToolUse", "Stop", "SessionEnd"):
        check(f"claude-code {event}" in world.hooks(), f"{event}: {world.hooks()}")


def claude_denied(world):
    """claude: a file that cannot be read is not read, a denied command is refused"""
    world.write(".ssh/id", "a key\n")
    world.write(".claude/settings.json", {"permissions": {"allow": ["Read(~/.ssh/**)"]}})
    world.manage(policy("offline"))
    played = world.play("claude", [{"shell": f"cat {world.home}/.ssh/id # undecided"}, {"shell": "git push undecided"}])
    check(played.said(0, "has been denied") and not played.said(0, "a key"), played)
    check(played.said(1, "has been denied"), played)


def claude_foreign(world):
    """claude: the developer's own hook does not run"""
    own = {"hooks": {"SessionStart": [{"hooks": [{"type": "command", "command": f"touch {world.home}/notes/own-hook"}]}]}}
    world.write(".claude/settings.json", own)
    played = world.play("claude", [])
    check((world.home / "notes/own-hook").exists(), played)
    world.reset()
    world.write(".claude/settings.json", own)
    world.manage(policy("offline", "managedHooksOnly: true"))
    played = world.play("claude", [])
    check(not (world.home / "notes/own-hook").exists() and "claude-code SessionStart" in world.hooks(), played)


def claude_servers(world):
    """claude: a foreign MCP server is refused, the listed one is taken"""
    world.manage(policy("offline", f'mcpServers: {{allow: [{{name: good, command: ["{world.server}", good]}}]}}'))
    for name, code in (("evil", 1), ("good", 0)):
        added = world.start(["claude", "mcp", "add", "-s", "user", name, "--", world.server, name], {})
        said = added.stdout + added.stderr
        check(added.returncode == code and ("not allowed by enterprise policy" in said) == bool(code), said)


def claude_blocks_without_cordon(world):
    """claude: where the program is missing, nothing runs"""
    world.manage(policy("offline"))
    played = world.without_cordon("claude", [MARK])
    check(not world.ran() and not played.results, played)


def claude_always_asks(world):
    """claude: with approvals always, even what a hook confined is asked about"""
    world.manage(policy("offline", "approvals: always"))
    played = world.play("claude", [MARK])
    check(mode(played) == "default" and len(played.results) == 1 and not world.ran(), played)


def claude_lowest_version(world):
    """claude: a version below the lowest does not start"""
    world.manage(policy("offline", 'minVersion: "900.1"'))
    played = world.play("claude", [MARK])
    check("older than the minimum version" in played.printed and not world.ran(), played)


def claude_telemetry(world):
    """claude: its telemetry arrives at the gateway's address, with prompts, since arguments are kept"""
    port = free_port()
    world.manage(policy("offline", events="security"), f"http://127.0.0.1:{port}")
    played = world.play("claude", [MARK], port=port)
    check({"POST-v1-logs", "POST-v1-traces", "POST-v1-metrics"} <= played.telemetry(), played.received)
    check(any(name.endswith(".pb") and b"user_prompt" in body for name, body in played.requests.items()), played.received)


def claude_servers_tools(world):
    """claude: a tool of a listed MCP server runs unasked and is recorded; once the policy does not list it, the hook refuses it"""
    good = {"type": "stdio", "command": str(world.server), "args": [str(world.home / "notes/good")]}
    world.write(".claude.json", {"mcpServers": {"good": good}})
    # Else it offers such a tool only after a search for it.
    servers.checked(world, "claude", "mcp__good__ping", variables={"ENABLE_TOOL_SEARCH": "false"})


def claude_fetches(world):
    """claude: its web tool is refused hosts that the policy denies or does not list, with the rule, and not the one that it allows"""
    # Else it asks its vendor about the host first.
    world.write(".claude/settings.json", {"skipWebFetchPreflight": True})
    variables = {"ENABLE_TOOL_SEARCH": "false"}
    web.checked(world, "claude", lambda url: {"tool": {"name": "WebFetch", "arguments": {"url": url, "prompt": "What is it?"}}}, variables=variables)


def claude_dialog(world):
    """claude: what the policy wants asked brings up its own dialog with the reason: yes runs it confined, no does not"""
    project = {str(world.project): {"hasTrustDialogAccepted": True, "hasCompletedProjectOnboarding": True}}
    seen = {"hasCompletedOnboarding": True, "customApiKeyResponses": {"approved": ["none"], "rejected": []}, "projects": project}
    dialogs.checked(
        world, "claude", ["claude"], "Do you want to proceed?", b"\r", b"\x1b", "Interrupted",
        prepare=lambda: world.write(".claude.json", seen),
    )
