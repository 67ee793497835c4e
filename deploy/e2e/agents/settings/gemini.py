"""The checks of Gemini CLI; the docstring of each is what it shows."""

import dialogs
import servers
import web
from world import ALL, check, free_port, policy

MARK = {"shell": "touch ran; echo done"}


def gemini_cannot_be_told_not_to_ask(world):
    """gemini: --yolo is refused; without the settings it is not"""
    played = world.play("gemini", [MARK], ["--yolo"])
    check(played.code == 0 and world.ran(), played)
    world.reset()
    world.manage(policy())
    played = world.play("gemini", [MARK], ["--yolo"])
    check(played.code != 0 and "YOLO mode is disabled" in played.printed and not world.ran(), played)


def gemini_asks_cordon(world):
    """gemini: the hooks run; what they confine runs unasked, what they refuse does not run"""
    world.manage(policy())
    played = world.play("gemini", [MARK, {"shell": "echo forbidden"}])
    check(played.said(0, "confined") and world.ran() and played.said(1, "Cordon says no."), played)
    for event in ("SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "AfterAgent"):
        check(f"gemini {event}" in world.hooks(), f"{event}: {world.hooks()}")


def gemini_runs_nothing_undecided(world):
    """gemini: a command that no hook confined is refused with nobody to ask, whatever --allowed-tools says; a denied one with its reason"""
    steps = [{"shell": "touch ran; echo undecided"}, {"shell": "git push undecided"}]
    flags = ["--allowed-tools", "run_shell_command"]
    check(world.ran() or world.play("gemini", steps, flags) and world.ran(), "the flag does nothing")
    world.reset()
    world.manage(policy())
    played = world.play("gemini", steps, flags)
    check(not world.ran() and len(played.results) == 2 and played.said(1, "no-push"), played)


def gemini_asks_first(world):
    """gemini: what Cordon wants asked first is refused with nobody to ask"""
    world.manage(policy())
    played = world.play("gemini", [{"shell": f"{world.cordon} run --asked -- undecided"}])
    check(len(played.results) == 1 and "confined" not in played.results[0], played)


def gemini_blocks_without_cordon(world):
    """gemini: where the program is missing, no tool runs"""
    world.manage(policy())
    played = world.without_cordon("gemini", [MARK, {"tool": {"name": "read_file", "arguments": {"file_path": "README.md"}}}])
    check(not world.ran() and len(played.results) == 2 and all("blocked" in result for result in played.results), played)


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
    check(not world.ran() and "gemini BeforeTool" in world.hooks(), played)


def gemini_is_refused(world):
    """gemini: where the policy denies it, it has no tool left"""
    world.manage("denied")
    check(not world.play("gemini", [MARK]).offered and not world.ran(), "a tool was offered")


def gemini_is_not_redirected(world):
    """gemini: a project's .env redirects its settings but where cordon run has set the variable"""
    world.manage(policy())
    world.write("mine.json", {"security": {"disableYoloMode": False}})
    world.write("shop/.gemini/.env", f"GEMINI_CLI_SYSTEM_SETTINGS_PATH={world.home}/mine.json\n")
    fixed = {"GEMINI_CLI_SYSTEM_SETTINGS_PATH": "/etc/gemini-cli/settings.json"}
    played = world.play("gemini", [MARK], ["--yolo"], fixed)
    check("YOLO mode is disabled" in played.printed and not world.ran(), played)


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


def gemini_servers_tools(world):
    """gemini: a tool of a listed MCP server runs unasked and is recorded; once the policy does not list it, the hook refuses it"""
    servers.checked(world, "gemini", "mcp_good_ping")


def gemini_fetches(world):
    """gemini: its web tool is refused hosts that the policy denies or does not list, with the rule, and not the one that it allows"""
    # Each is an address of denied.example to a browser, which is how it reads them.
    hidden = {
        "https://allowed.example/x and https:denied.example/a://b": "unreadable-call",
        "https://allowed.example'@denied.example/x": "host-deny:denied.example",
    }
    web.checked(world, "gemini", lambda url: {"tool": {"name": "web_fetch", "arguments": {"prompt": f"What is {url}"}}}, hidden)


def gemini_dialog(world):
    """gemini: what the policy wants asked brings up its own dialog with the reason: yes runs it confined, no does not"""
    dialogs.checked(world, "gemini", ["gemini", "-m", "gemini-2.5-pro", "-i"], "Allow execution of", b"\r", b"\x1b", "Request cancelled")
