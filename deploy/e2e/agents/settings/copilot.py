"""The checks of Copilot CLI; the docstring of each is what it shows."""

import dialogs
import servers
import web
from world import ALL, check, free_port, policy

MARK = {"shell": "touch ran; echo done"}


def copilot_cannot_be_told_not_to_ask(world):
    """copilot: --allow-all-tools does nothing; without the settings it does"""
    undecided = [{"shell": "touch ran; echo undecided"}]
    check(world.play("copilot", undecided, ["--allow-all-tools"]) and world.ran(), "the flag does nothing")
    world.reset()
    world.manage(policy())
    played = world.play("copilot", undecided, ["--allow-all-tools"])
    check(not world.ran() and len(played.results) == 1, played)


def copilot_asks_cordon(world):
    """copilot: the policy hooks run; what they confine runs unasked, what they refuse does not run"""
    world.manage(policy())
    played = world.play("copilot", [MARK, {"shell": "echo forbidden"}])
    check(played.said(0, "confined") and world.ran() and played.said(1, "Cordon says no."), played)
    for event in ("sessionStart", "userPromptSubmitted", "preToolUse", "postToolUse", "agentStop", "sessionEnd"):
        check(f"copilot {event}" in world.hooks(), f"{event}: {world.hooks()}")


def copilot_asks_first(world):
    """copilot: what Cordon wants asked first is refused with nobody to ask"""
    world.manage(policy())
    played = world.play("copilot", [{"shell": f"{world.cordon} run --asked -- undecided"}])
    check(len(played.results) == 1 and "confined" not in played.results[0], played)


def copilot_hooks_cannot_be_switched_off(world):
    """copilot: disableAllHooks of the user leaves the policy hooks"""
    world.manage(policy())
    world.write(".copilot/settings.json", {"disableAllHooks": True})
    played = world.play("copilot", [{"shell": "echo forbidden"}])
    check(played.said(0, "Cordon says no."), played)


def copilot_denied(world):
    """copilot: denied commands, files and hosts are denied by name; the workspace is written to unasked"""
    world.write(".ssh/key", "secret\n")
    file = str(world.project)
    world.manage(policy("offline"))
    steps = [
        {"shell": "git push undecided"},
        {"tool": {"name": "create", "arguments": {"path": f"{file}/.envrc", "file_text": "x\n"}}},
        {"tool": {"name": "view", "arguments": {"path": str(world.home / ".ssh/key")}}},
        {"shell": "curl -m 1 http://192.0.2.1/undecided"},
        {"tool": {"name": "create", "arguments": {"path": f"{file}/a.txt", "file_text": "x\n"}}},
        {"tool": {"name": "create", "arguments": {"path": str(world.home / "b.txt"), "file_text": "x\n"}}},
    ]
    played = world.play("copilot", steps)
    check(len(played.results) == len(steps), played)
    for step, rule in enumerate(("Shell(git push *)", "Edit(/.envrc)", "Read(~/.ssh/**)", "limitTo(Domain)")):
        check(rule in played.printed, f"{rule}: {played}")
        check(played.said(step, "denied"), f"{rule}: {played}")
    check((world.project / "a.txt").exists() and not (world.home / "b.txt").exists(), played)
    check(not any("secret" in result for result in played.results), played)


def copilot_blocks_without_cordon(world):
    """copilot: where the program is missing, nothing goes on"""
    world.manage(policy())
    played = world.without_cordon("copilot", [MARK])
    check(not world.ran() and not played.results and "Policy hook failed" in played.printed, played)


def copilot_servers(world):
    """copilot: an MCP server that is not listed does not start, by its name or by its command"""
    servers = {
        name: {"type": "local", "command": str(world.server), "args": [str(world.home / "notes" / name)], "tools": ["*"]}
        for name in ("good", "evil")
    }
    ping = [{"tool": {"name": "good-ping", "arguments": {}}}]
    pinned = f'{{name: good, command: ["{world.server}", "{world.home}/notes/good"]}}'
    for allowed in ("good", pinned):
        world.reset()
        world.write(".copilot/mcp-config.json", {"mcpServers": servers})
        world.manage(policy(agent=f"mcpServers: {{allow: [{allowed}]}}"))
        played = world.play("copilot", ping)
        check(played.said(0, "pong") and not (world.home / "notes/evil").exists(), played)


def copilot_always_asks(world):
    """copilot: with approvals always, even what a hook confined is asked about, and reading is not"""
    world.manage("always")
    played = world.play("copilot", [MARK, {"tool": {"name": "view", "arguments": {"path": f"{world.project}/README.md"}}}])
    check(not world.ran() and "copilot preToolUse" in world.hooks() and played.said(1, "Shop"), played)


def copilot_is_refused(world):
    """copilot: where the policy denies it, it neither runs, reads nor writes"""
    world.manage("denied")
    played = world.play("copilot", [MARK, {"tool": {"name": "view", "arguments": {"path": f"{world.project}/README.md"}}}])
    check(not world.ran() and len(played.results) == 2 and not played.said(1, "Shop"), played)


def copilot_full_access(world):
    """copilot: where the policy allows full access, it asks nothing when told so, and the hooks still refuse"""
    world.manage("full-access")
    # It asks about the path of cordon, which is outside the project, unless it is told not to.
    flags = ["--allow-all-tools", "--allow-all-paths"]
    played = world.play("copilot", [MARK, {"shell": "echo forbidden"}], flags)
    check(world.ran() and played.said(1, "Cordon says no."), played)


def copilot_managed_hooks_only(world):
    """copilot: with managedHooksOnly the user's hooks do not run"""
    users = {"version": 1, "hooks": {"sessionStart": [{"type": "command", "bash": f"touch {world.home}/notes/users"}]}}
    world.write(".copilot/hooks/mine.json", users)
    played = world.play("copilot", [])
    check((world.home / "notes/users").exists(), played)
    world.reset()
    world.write(".copilot/hooks/mine.json", users)
    world.manage(policy(agent="managedHooksOnly: true"))
    played = world.play("copilot", [])
    check(not (world.home / "notes/users").exists() and "copilot sessionStart" in world.hooks(), played)


def copilot_is_not_redirected(world):
    """copilot: the variable that its tests use for another managed file does nothing"""
    world.manage(policy())
    world.write("mine.json", {})
    variables = {"COPILOT_TEST_MANAGED_SETTINGS_FILE_PATH": f"{world.home}/mine.json"}
    played = world.play("copilot", [{"shell": "touch ran; echo undecided"}], ["--allow-all-tools"], variables)
    check(not world.ran() and len(played.results) == 1, played)


def copilot_telemetry(world):
    """copilot: its telemetry arrives at the gateway's address, whatever its variables say"""
    port = free_port()
    world.manage(policy(events="security"), f"http://127.0.0.1:{port}")
    variables = {"COPILOT_OTEL_ENABLED": "false", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}
    played = world.play("copilot", [MARK], variables=variables, port=port)
    check("POST-v1-traces.pb" in played.received, played.received)


def copilot_takes_every_policy(world):
    """copilot: accepts what is rendered for each kind of policy without a complaint"""
    for name in ALL:
        world.reset()
        world.manage(name, "http://127.0.0.1:1")
        played = world.play("copilot", [])
        log = world.copilot_log()
        check(played.code == 0 and "Finished." in played.printed, played)
        check("failed schema validation" not in log and "could not be determined" not in log, f"{name}: {log[:3000]}")


def copilot_servers_tools(world):
    """copilot: a tool of a listed MCP server runs unasked and is recorded; once the policy does not list it, the hook refuses it"""
    good = {"type": "local", "command": str(world.server), "args": [str(world.home / "notes/good")], "tools": ["*"]}
    world.write(".copilot/mcp-config.json", {"mcpServers": {"good": good}})
    servers.checked(world, "copilot", "good-ping")


def copilot_fetches(world):
    """copilot: its web tool is refused hosts that the policy denies or does not list, with the rule, and not the one that it allows"""
    # Offline it has no such tool; with a model of its own it needs no account all the same.
    variables = {"COPILOT_OFFLINE": "false"}
    web.checked(world, "copilot", lambda url: {"tool": {"name": "web_fetch", "arguments": {"url": url}}}, variables=variables)


def copilot_dialog(world):
    """copilot: what the policy wants asked brings up its own dialog with the reason: yes runs it confined, no does not"""
    dialog(world, "")


def copilot_dialog_always(world):
    """copilot: with approvals always, too, yes runs a command confined"""
    dialog(world, "approvals: always")


def dialog(world, rules):
    dialogs.checked(
        world, "copilot", ["copilot", "-i"], "Do you want to run this command?", b"\r", b"\x1b", "Operation cancelled",
        prepare=lambda: world.write(".copilot/config.json", {"trusted_folders": [str(world.project)]}), rules=rules,
    )
