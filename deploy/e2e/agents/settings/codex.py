"""The checks of Codex; the docstring of each is what it shows."""

import json
import re
import subprocess

import dialogs
import servers
from broker import spec
from world import AGENTS, check, free_port, policy

STATUS = "grep Seccomp: /proc/self/status"
WORKSPACE = ["--sandbox", "workspace-write"]
# A model of which Codex knows that it can patch.
PATCHING = [*WORKSPACE, "-c", 'model="gpt-5.5"']


def patch(*lines):
    return {"tool": {"name": "apply_patch", "arguments": "\n".join(["*** Begin Patch", *lines, "*** End Patch", ""])}}


def seccomp(result):
    found = re.search(r"Seccomp:\\+t(\d)", result)
    return found.group(1) if found else "none: " + result


def requirements(world):
    """Codex's own account of what it is held to."""
    variables = {"CODEX_HOME": str(world.home / ".codex"), "HOME": str(world.home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    (world.home / ".codex").mkdir()
    asks = [
        {"id": 1, "method": "initialize", "params": {"clientInfo": {"name": "e2e", "version": "1"}}},
        {"method": "initialized"},
        {"id": 2, "method": "configRequirements/read"},
    ]
    server = subprocess.Popen(
        [AGENTS / "codex", "app-server"], env=variables, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )
    try:
        server.stdin.write("".join(json.dumps(ask) + "\n" for ask in asks))
        server.stdin.flush()
        for line in server.stdout:
            answer = json.loads(line)
            if answer.get("id") == 2:
                return answer.get("result", {}).get("requirements") or {}
        return {}
    finally:
        server.kill()
        server.wait()


def codex_says_what_it_is_held_to(world):
    """codex: says itself that full access is not allowed, only managed hooks run and web search is off"""
    world.manage(policy("offline", "managedHooksOnly: true"))
    held = requirements(world)
    check(held.get("allowedSandboxModes") == ["read-only", "workspace-write"], held)
    check(held.get("allowManagedHooksOnly") is True, held)
    check(held.get("allowedWebSearchModes") == ["disabled"], held)


def codex_full_access(world):
    """codex: full access is refused"""
    world.manage(policy("offline"))
    played = world.play("codex", [{"shell": "touch ran"}], ["--sandbox", "danger-full-access"])
    check(played.code != 0 and "requirements do not allow" in played.printed and not played.results and not world.ran(), played)


def codex_asks_cordon(world):
    """codex: the hooks run; what they confine runs outside Codex's sandbox unasked, what they refuse does not run"""
    world.manage(policy("offline"))
    played = world.play("codex", [{"shell": STATUS}, {"shell": "touch ran; echo forbidden"}], WORKSPACE)
    check(played.code == 0 and played.said(0, "confined") and seccomp(played.results[0]) == "0", played)
    check(not world.ran() and played.said(1, "Cordon says no."), played)
    check(["run", "--reason", "it's a step", "--", "bash", "-c", STATUS] in world.calls(), world.calls())
    for event in ("SessionStart", "UserPromptSubmit", "PreToolUse", "Stop", "SessionEnd"):
        check(f"codex {event}" in world.hooks(), f"{event}: {world.hooks()}")


def codex_keeps_the_rest_in_its_sandbox(world):
    """codex: nothing but the plain call of cordon leaves Codex's sandbox; a forbidden prefix is refused"""
    world.manage(policy("offline"))
    run, out = f"{world.cordon} run -- true", world.outside
    # The hook leaves alone what holds the word undecided.
    lines = [
        f"{STATUS}; touch {out}/undecided-plain",
        f"{run} && touch {out}/undecided-chained",
        f"{run} > {out}/undecided-redirected",
        f"CORDON_SOCKET=/mnt/x {world.cordon} run -- touch {out}/undecided-variable",
        f"{run} $(touch {out}/undecided-substituted)",
        f"cordon run -- touch {out}/undecided-by-name",
        "git push --force undecided",
    ]
    played = world.play("codex", [{"shell": line} for line in lines], WORKSPACE)
    check(played.code == 0 and len(played.results) == len(lines) and seccomp(played.results[0]) == "2", played)
    check(not list(out.iterdir()), [list(out.iterdir()), str(played)])
    check(played.said(6, "Nobody pushes") or played.said(6, "orbidden") or played.said(6, "rejected"), played)


def codex_foreign(world):
    """codex: neither the developer's own hook nor a foreign MCP server is started, the listed one is"""
    listed = f'{{name: good, command: ["{world.server}", "{world.home}/notes/good"]}}'
    for name in ("good", "evil"):
        world.codex_config += f'[mcp_servers.{name}]\ncommand = "{world.server}"\nargs = ["{world.home}/notes/{name}"]\n'
    world.codex_config += '[[hooks.SessionStart]]\n[[hooks.SessionStart.hooks]]\ntype = "command"\n'
    world.codex_config += f'command = "touch {world.home}/notes/own-hook"\n'
    world.manage(policy("offline", f"managedHooksOnly: true, mcpServers: {{allow: [{listed}]}}"))
    played = world.play("codex", [{"shell": "true"}], WORKSPACE)
    check([note.name for note in (world.home / "notes").iterdir()] == ["good"], played)


def codex_blocks_without_cordon(world):
    """codex: where the program is missing, nothing runs"""
    world.manage(policy("offline"))
    played = world.without_cordon("codex", [{"shell": "touch ran"}])
    check(not world.ran() and not played.results and "UserPromptSubmit Blocked" in played.printed, played)


def codex_always_asks(world):
    """codex: with approvals always, never to ask is refused with a notice, and with nobody to ask nothing runs"""
    world.manage(policy("offline", "approvals: always"))
    played = world.play("codex", [{"shell": f"touch {world.outside}/asked"}], ["-c", 'approval_policy="never"'])
    check("`Never` is not in the allowed set" in played.printed, played)
    check(not list(world.outside.iterdir()) and len(played.results) == 1, played)


def codex_is_not_told_what_cannot_be_read(world):
    """codex: with deny_read even what the hook confines stays in Codex's sandbox, which is why it is not told; edits are put back"""
    world.manage(policy("offline"))
    with open("/etc/codex/requirements.toml", "a") as requirements_file:
        requirements_file.write(f'permissions.filesystem.deny_read = ["{world.home}/.ssh"]\n')
    played = world.play("codex", [{"shell": STATUS}])
    check(played.results and seccomp(played.results[0]) == "2", played)
    world.manage(policy("offline"))
    with open("/etc/codex/requirements.toml") as requirements_file:
        check("deny_read" not in requirements_file.read(), "the edit is still there")


def codex_telemetry(world):
    """codex: its telemetry arrives at the gateway's address"""
    port = free_port()
    world.manage(policy("offline", events="security"), f"http://127.0.0.1:{port}")
    played = world.play("codex", [{"shell": "true"}], port=port)
    check({"POST-v1-logs", "POST-v1-traces", "POST-v1-metrics"} <= played.telemetry(), played.received)


def codex_patches(world):
    """codex: a patch of what is protected or outside is refused with its rule, however it names the file; another lands and is recorded"""
    refused = {
        "protected:${workspace}/.git/hooks": [patch("*** Add File: .git/hooks/pre-commit", "+x")],
        "outside-roots": [patch(f"*** Add File: {world.outside}/x", "+x")],
        "protected:${workspace}/.envrc": [
            patch("*** Update File: README.md", "*** Move to: .envrc", "@@", "-# Shop", "+# Shop"),
            # What Codex takes for a head, though a blank hides it.
            patch("*** Add File: x.txt", "+x", "\u00a0*** Add File: .envrc", "+x"),
            patch("*** Add File: x.txt", "+x", "\u0085*** Add File: .envrc", "+x"),
            patch("*** Add File: .envrc\u00a0", "+x"),
        ],
        "unreadable-call": [patch("*** Add File: d\r/../.envrc", "+x")],
    }
    steps = [step for steps in refused.values() for step in steps]
    landing = patch("*** Add File: a.txt", "+landed", "*** Update File: README.md", "@@", "-# Shop", "+# Store")
    world.govern(spec())
    played = world.play("codex", [*steps, landing], PATCHING)
    check(len(played.results) == len(steps) + 1, played)
    rules = [rule for rule, steps in refused.items() for _ in steps]
    for step, rule in enumerate(rules):
        check(played.said(step, "blocked by PreToolUse hook") and played.said(step, rule), f"{rule}: {played}")
    files = {str(file.relative_to(world.project)): file.read_text() for file in world.project.glob("*") if file.is_file()}
    check(files == {"README.md": "# Store\n", "a.txt": "landed\n"} and not list(world.outside.iterdir()), f"{files}: {played}")
    check(not (world.project / ".git/hooks/pre-commit").exists(), played)
    decided = world.broker.decisions()
    check([one["cordon.policy.rule"] for one in decided] == [*rules, "root:${workspace}"], decided)
    check({one["gen_ai.tool.name"] for one in decided} == {"apply_patch"}, decided)
    told = world.broker.events("TOOL_RESULT")
    check(len(told) == 1 and "A a.txt" in told[0]["content"]["gen_ai.tool.call.result"], told)


def codex_servers_tools(world):
    """codex: a tool of a listed MCP server runs unasked and is recorded; once the policy does not list it, the hook refuses it"""
    world.codex_config = f'[mcp_servers.good]\ncommand = "{world.server}"\nargs = ["{world.home}/notes/good"]\n'
    servers.checked(world, "codex", "ping")


def codex_searches(world):
    """codex: its live search is refused with a notice: behind the proxy it searches its provider's index, offline it does not search"""
    for network, kept in (("proxy, allow: [{host: allowed.example}]", [False]), ("offline", [])):
        world.reset()
        world.govern(spec(network))
        played = world.play("codex", [], ["-c", 'web_search="live"'])
        request = json.loads(next(body for name, body in played.requests.items() if name.endswith("responses.json")))
        offered = [tool["external_web_access"] for tool in request["tools"] if tool["type"] == "web_search"]
        check(offered == kept and "`Live` is not in the allowed set" in played.printed, f"{network}: {offered}, {played}")


def codex_dialog(world):
    """codex: what the policy wants asked is refused with the reason and how to ask; then its own dialog: yes runs it confined, no does not"""
    asking = {"cmd": dialogs.line(world), "sandbox_permissions": "require_escalated", "justification": "The release is due."}
    steps = [{"shell": dialogs.line(world)}, {"tool": {"name": "exec_command", "arguments": asking}}]

    def trust():
        world.codex_config = f'[projects."{world.project}"]\ntrust_level = "trusted"\n'

    dialogs.checked(
        world, "codex", ["codex", "--no-daemon"], "Would you like to run the following command?", b"y", b"\x1b",
        "Conversation interrupted", trust, steps,
    )
