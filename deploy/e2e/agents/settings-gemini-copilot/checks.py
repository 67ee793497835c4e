"""checks.py WORK AGENTS PART: each check is a function, of which those with PART in their names run; its docstring is what it shows."""

import socket
import sys

from world import World

POLICY = """mode: enforce
filesystem: {read: {deny: ["~/.ssh"]}, write: {roots: ["${workspace}"], protect: [".envrc"]}}
network: {mode: %(network)s}
commands:
  default: allow
  unknown: allow
  rules:
    - {id: no-push, match: {argv: [git, push]}, decision: deny, reason: Nobody pushes from here., examples: {match: [git push]}}
telemetry: {arguments: full, agentEvents: "%(events)s"}
agents: {gemini: {%(agent)s}, copilot: {%(agent)s}}
"""
ALL = ("offline", "proxy", "online", "audit", "always", "mcp", "no-mcp", "full-access", "denied")
MARK = {"shell": "touch ran; echo done"}


def policy(network="online", agent="", events="off"):
    return POLICY % {"network": network, "agent": agent, "events": events}


def check(condition, played):
    if not condition:
        raise AssertionError(str(played))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ran(world):
    return (world.project / "ran").exists()


def gemini_cannot_be_told_not_to_ask(world):
    """gemini: --yolo is refused; without the settings it is not"""
    played = world.play("gemini", [MARK], ["--yolo"])
    check(played.code == 0 and ran(world), played)
    world.reset()
    world.manage(policy())
    played = world.play("gemini", [MARK], ["--yolo"])
    check(played.code != 0 and "YOLO mode is disabled" in played.printed and not ran(world), played)


def gemini_asks_cordon(world):
    """gemini: the hooks run; what they confine runs unasked, what they refuse does not run"""
    world.manage(policy())
    played = world.play("gemini", [MARK, {"shell": "echo forbidden"}])
    check(played.said(0, "confined") and ran(world) and played.said(1, "Cordon says no."), played)
    for event in ("SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "AfterAgent"):
        check(f"gemini {event}" in world.hooks(), f"{event}: {world.hooks()}")


def gemini_runs_nothing_undecided(world):
    """gemini: a command that no hook confined is refused with nobody to ask, whatever --allowed-tools says; a denied one with its reason"""
    steps = [{"shell": "touch ran; echo undecided"}, {"shell": "git push undecided"}]
    flags = ["--allowed-tools", "run_shell_command"]
    check(ran(world) or world.play("gemini", steps, flags) and ran(world), "the flag does nothing")
    world.reset()
    world.manage(policy())
    played = world.play("gemini", steps, flags)
    check(not ran(world) and len(played.results) == 2 and played.said(1, "no-push"), played)


def gemini_asks_first(world):
    """gemini: what Cordon wants asked first is refused with nobody to ask"""
    world.manage(policy())
    played = world.play("gemini", [{"shell": f"{world.cordon} run --asked -- undecided"}])
    check(len(played.results) == 1 and "confined" not in played.results[0], played)


def gemini_blocks_without_cordon(world):
    """gemini: where the program is missing, no tool runs"""
    world.manage(policy())
    moved = world.cordon.rename(world.cordon.with_name("moved"))
    try:
        played = world.play("gemini", [MARK, {"tool": {"name": "read_file", "arguments": {"file_path": "README.md"}}}])
    finally:
        moved.rename(world.cordon)
    check(not ran(world) and len(played.results) == 2 and all("blocked" in result for result in played.results), played)


def gemini_servers(world):
    """gemini: an MCP server that is not listed does not start, and where a flag starts it its tool is not there"""
    servers = {name: {"command": str(world.server), "args": [str(world.home / "notes" / name)]} for name in ("good", "evil")}
    settings = {"security": {"auth": {"selectedType": "gemini-api-key"}}, "mcpServers": servers}
    call = [{"tool": {"name": f"mcp_{name}_ping", "arguments": {}}} for name in ("good", "evil")]
    world.write(".gemini/settings.json", settings)
    world.manage(policy(agent="mcpServers: {allow: [good]}"))
    played = world.play("gemini", call[:1])
    check(played.said(0, "pong") and not (world.home / "notes/evil").exists(), played)
    played = world.play("gemini", call[1:], ["--allowed-mcp-server-names", "evil"])
    check(not any("evil" in tool for tool in played.offered) and not played.said(0, "pong"), played)


def gemini_pins_a_server(world):
    """gemini: a server that is listed with its command is started with that, not with the user's"""
    other = {"good": {"command": str(world.server), "args": [str(world.home / "notes/users")]}}
    world.write(".gemini/settings.json", {"security": {"auth": {"selectedType": "gemini-api-key"}}, "mcpServers": other})
    pinned = f'{{name: good, command: ["{world.server}", "{world.home}/notes/policys"]}}'
    world.manage(policy(agent=f"mcpServers: {{allow: [{pinned}]}}"))
    played = world.play("gemini", [{"tool": {"name": "mcp_good_ping", "arguments": {}}}])
    check(played.said(0, "pong"), played)
    check([note.name for note in (world.home / "notes").iterdir()] == ["policys"], played)


def gemini_offline(world):
    """gemini: its web tools are gone where the policy is offline"""
    web = {"web_fetch", "google_web_search"}
    played = world.play("gemini", [MARK], ["--yolo"])
    check(web <= played.offered, played)
    world.reset()
    world.manage(policy("offline"))
    played = world.play("gemini", [MARK])
    check(played.offered and not web & played.offered, played)


def gemini_always_asks(world):
    """gemini: with approvals always, even what a hook confined is asked about"""
    world.manage("always")
    played = world.play("gemini", [MARK])
    check(not ran(world) and "gemini BeforeTool" in world.hooks(), played)


def gemini_is_refused(world):
    """gemini: where the policy denies it, it has no tool left"""
    world.manage("denied")
    check(not world.play("gemini", [MARK]).offered and not ran(world), "a tool was offered")


def gemini_is_not_redirected(world):
    """gemini: a project's .env redirects its settings but where cordon run has set the variable"""
    world.manage(policy())
    world.write("mine.json", {"security": {"disableYoloMode": False}})
    world.write("shop/.gemini/.env", f"GEMINI_CLI_SYSTEM_SETTINGS_PATH={world.home}/mine.json\n")
    fixed = {"GEMINI_CLI_SYSTEM_SETTINGS_PATH": "/etc/gemini-cli/settings.json"}
    played = world.play("gemini", [MARK], ["--yolo"], fixed)
    check("YOLO mode is disabled" in played.printed and not ran(world), played)


def gemini_telemetry(world):
    """gemini: its telemetry arrives at the gateway's address"""
    port = free_port()
    world.manage(policy(events="security"), f"http://127.0.0.1:{port}")
    played = world.play("gemini", [MARK], port=port)
    check(any(name.startswith("POST-v1-logs") for name in played.received), played.received)


def gemini_takes_every_policy(world):
    """gemini: accepts what is rendered for each kind of policy without a complaint"""
    for name in ALL:
        world.reset()
        world.manage(name, "http://127.0.0.1:1")
        played = world.play("gemini", [])
        check(played.code == 0 and "Finished." in played.printed, played)
        for complaint in ("Policy file", "Invalid configuration", "Security Warning"):
            check(complaint not in played.printed, f"{name}: {played}")


def copilot_cannot_be_told_not_to_ask(world):
    """copilot: --allow-all-tools does nothing; without the settings it does"""
    undecided = [{"shell": "touch ran; echo undecided"}]
    check(world.play("copilot", undecided, ["--allow-all-tools"]) and ran(world), "the flag does nothing")
    world.reset()
    world.manage(policy())
    played = world.play("copilot", undecided, ["--allow-all-tools"])
    check(not ran(world) and len(played.results) == 1, played)


def copilot_asks_cordon(world):
    """copilot: the policy hooks run; what they confine runs unasked, what they refuse does not run"""
    world.manage(policy())
    played = world.play("copilot", [MARK, {"shell": "echo forbidden"}])
    check(played.said(0, "confined") and ran(world) and played.said(1, "Cordon says no."), played)
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
    moved = world.cordon.rename(world.cordon.with_name("moved"))
    try:
        played = world.play("copilot", [MARK])
    finally:
        moved.rename(world.cordon)
    check(not ran(world) and not played.results and "Policy hook failed" in played.printed, played)


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
    check(not ran(world) and "copilot preToolUse" in world.hooks() and played.said(1, "Shop"), played)


def copilot_is_refused(world):
    """copilot: where the policy denies it, it neither runs, reads nor writes"""
    world.manage("denied")
    played = world.play("copilot", [MARK, {"tool": {"name": "view", "arguments": {"path": f"{world.project}/README.md"}}}])
    check(not ran(world) and len(played.results) == 2 and not played.said(1, "Shop"), played)


def copilot_full_access(world):
    """copilot: where the policy allows full access, --allow-all-tools holds and the hooks still refuse"""
    world.manage("full-access")
    played = world.play("copilot", [MARK, {"shell": "echo forbidden"}], ["--allow-all-tools"])
    check(ran(world) and played.said(1, "Cordon says no."), played)


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
    check(not ran(world) and len(played.results) == 1, played)


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


def main(work, agents, part):
    world = World(work, agents)
    checks = [f for name, f in globals().items() if name.startswith(("gemini_", "copilot_")) and callable(f)]
    checks = [f for f in checks if part in f.__name__]
    failed = 0
    for one in checks:
        world.reset()
        try:
            one(world)
            print(f"passed  {one.__doc__}", flush=True)
        except Exception as problem:
            failed += 1
            print(f"FAILED  {one.__doc__}\n        {problem}", flush=True)
    print(f"settings-gemini-copilot: {len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
