"""The real Codex and Claude Code below settings that the agent wrote at the documented places. Called by "run" in a mount
namespace of its own, as root: /etc is an overlay, /mnt a file system in memory, and nothing of either outlives it."""
import json
import os
import re
import shutil
import subprocess
import sys

from model import Model

HERE = os.path.dirname(os.path.abspath(__file__))
USER = 60123
passed = failed = 0


def check(name, good, seen=""):
    global passed, failed
    if good:
        passed += 1
        print(f"ok   {name}")
    else:
        failed += 1
        print(f"FAIL {name}\n     {str(seen)[-1500:]}")


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def prepare(agents):
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/mnt")
    for folder in ("bin", "log", "up", "up/etc", "up/work", "agents", "codex", "work", "claude", "outside"):
        os.mkdir("/mnt/" + folder)
    mount("-t", "overlay", "overlay", "-o", "lowerdir=/etc,upperdir=/mnt/up/etc,workdir=/mnt/up/work", "/etc")
    mount("--bind", agents, "/mnt/agents")
    shutil.copy(os.path.join(HERE, "cordon"), "/mnt/bin/cordon")
    # An MCP server that says that it was started, and no more.
    with open("/mnt/bin/server", "w") as server:
        server.write('#!/bin/sh\ntouch "/mnt/log/started-$1"\ncat >/dev/null\n')
    os.chmod("/mnt/bin/server", 0o755)
    os.chmod("/mnt/log", 0o777)
    os.chmod("/mnt/outside", 0o777)
    os.chmod("/mnt/work", 0o777)
    with open("/etc/passwd", "a") as accounts:
        accounts.write(f"cordon-e2e:x:{USER}:{USER}::/mnt/claude:/bin/bash\n")
    os.makedirs("/mnt/claude/.ssh")
    with open("/mnt/claude/.ssh/id", "w") as key:
        key.write("a key\n")
    for path in ("/mnt/claude", "/mnt/claude/.ssh", "/mnt/claude/.ssh/id"):
        os.chown(path, USER, USER)
    subprocess.run(["git", "init", "-q", "/mnt/work"], check=True)


def manage(renderer, model, approvals="contained", version="0.1"):
    """Has the agent's own code write the settings, below the root of this namespace."""
    with open(os.path.join(HERE, "policy.yaml")) as source:
        text = source.read().replace("@APPROVALS@", approvals).replace("@VERSION@", version)
    with open("/mnt/policy.yaml", "w") as policy:
        policy.write(text)
    subprocess.run([*renderer, "/mnt/policy.yaml", "/", "/mnt/bin/cordon", f"http://127.0.0.1:{model.port}"], check=True)


def run(words, **more):
    try:
        ended = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               timeout=120, cwd="/mnt/work", **more)
        return ended.returncode, ended.stdout
    except subprocess.TimeoutExpired as late:
        return -1, f"no end within 120 s: {late.stdout}"


def calls():
    try:
        with open("/mnt/log/calls") as log:
            return [json.loads(line) for line in log]
    except FileNotFoundError:
        return []


def fresh():
    for name in os.listdir("/mnt/log"):
        os.unlink("/mnt/log/" + name)
    for name in os.listdir("/mnt/outside"):
        os.unlink("/mnt/outside/" + name)


def hooked(event):
    return any(words[0] == "hook" and words[2] == event for words in calls())


def seccomp(result):
    found = re.search(r"Seccomp:\\+t(\d)", result)
    return found.group(1) if found else "none: " + result


# --- Codex ---

def codex(*words):
    env = {**os.environ, "CODEX_HOME": "/mnt/codex", "MODEL_KEY": "x", "HOME": "/mnt/codex"}
    return run(["/mnt/agents/node_modules/.bin/codex", *words], env=env)


def codex_home(model):
    with open("/mnt/codex/config.toml", "w") as config:
        config.write(f'''model = "gpt-5"
model_provider = "local"
[model_providers.local]
name = "local"
base_url = "http://127.0.0.1:{model.port}/v1"
wire_api = "responses"
env_key = "MODEL_KEY"
[mcp_servers.good]
command = "/mnt/bin/server"
args = ["good"]
startup_timeout_sec = 3
[mcp_servers.evil]
command = "/mnt/bin/server"
args = ["evil"]
startup_timeout_sec = 3
[[hooks.SessionStart]]
[[hooks.SessionStart.hooks]]
type = "command"
command = "touch /mnt/log/own-hook"
''')


def codex_requirements():
    """Codex's own account of what it is held to."""
    server = subprocess.Popen(["/mnt/agents/node_modules/.bin/codex", "app-server"], stdin=subprocess.PIPE, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env={**os.environ, "CODEX_HOME": "/mnt/codex", "MODEL_KEY": "x"})
    asks = [{"id": 1, "method": "initialize", "params": {"clientInfo": {"name": "e2e", "version": "1"}}},
            {"method": "initialized"}, {"id": 2, "method": "configRequirements/read"}]
    try:
        for ask in asks:
            server.stdin.write(json.dumps(ask) + "\n")
        server.stdin.flush()
        for line in server.stdout:
            answer = json.loads(line)
            if answer.get("id") == 2:
                return answer.get("result", {}).get("requirements") or {}
        return {}
    finally:
        server.kill()
        server.wait()


STATUS = "grep Seccomp: /proc/self/status"


def check_codex(renderer, model):
    manage(renderer, model)
    codex_home(model)
    held = codex_requirements()
    check("codex: says itself that full access is not allowed", held.get("allowedSandboxModes") == ["read-only", "workspace-write"], held)
    check("codex: says itself that only managed hooks run", held.get("allowManagedHooksOnly") is True, held)
    check("codex: says itself that web search is off", held.get("allowedWebSearchModes") == ["disabled"], held)

    fresh()
    model.script([": TURN; " + STATUS, STATUS + "; touch /mnt/outside/plain",
                  "/mnt/bin/cordon run -- true && touch /mnt/outside/chained",
                  "/mnt/bin/cordon run -- true > /mnt/outside/redirected",
                  "CORDON_SOCKET=/mnt/x /mnt/bin/cordon run -- touch /mnt/outside/variable",
                  "/mnt/bin/cordon run -- true $(touch /mnt/outside/substituted)",
                  "cordon run -- touch /mnt/outside/by-name", "git push --force"])
    status, out = codex("exec", "--skip-git-repo-check", "--sandbox", "danger-full-access", "go")
    check("codex: full access is refused", status != 0 and "requirements do not allow" in out and model.results == [], out)
    status, out = codex("exec", "--skip-git-repo-check", "--sandbox", "workspace-write", "go")
    check("codex: a turn under managed settings ends well", status == 0 and len(model.results) == 8, out)
    results = model.results + [""] * 8
    check("codex: what the hook turned runs outside Codex's sandbox without a question", seccomp(results[0]) == "0", results[0])
    check("codex: the turned command reached cordon word for word",
          any(w[0] == "run" and "it's a step" in w and w[-1] == ": TURN; " + STATUS for w in calls()), calls())
    check("codex: what was not turned stays in Codex's sandbox", seccomp(results[1]) == "2", results[1])
    check("codex: nothing but the plain call of cordon left the sandbox", os.listdir("/mnt/outside") == [], os.listdir("/mnt/outside"))
    check("codex: a forbidden prefix is refused", "Rewrites history" in results[7] or "orbidden" in results[7] or "rejected" in results[7], results[7])
    for event in ("SessionStart", "UserPromptSubmit", "PreToolUse", "Stop", "SessionEnd"):
        check(f"codex: the managed hook {event} runs", hooked(event), calls())
    check("codex: the developer's own hook does not run", not os.path.exists("/mnt/log/own-hook"))
    check("codex: the listed MCP server is started", os.path.exists("/mnt/log/started-good"), out)
    check("codex: a foreign MCP server is not started", not os.path.exists("/mnt/log/started-evil"), out)
    signals = {path for path, _ in model.telemetry}
    check("codex: telemetry reaches the gateway's address", {"/v1/logs", "/v1/traces", "/v1/metrics"} <= signals, signals)

    fresh()
    os.rename("/mnt/bin/cordon", "/mnt/bin/away")
    model.script(["touch /mnt/work/ran"])
    _, out = codex("exec", "--skip-git-repo-check", "--sandbox", "workspace-write", "go")
    os.rename("/mnt/bin/away", "/mnt/bin/cordon")
    check("codex: without cordon nothing runs",
          not os.path.exists("/mnt/work/ran") and model.results == [] and "UserPromptSubmit Blocked" in out, out)

    manage(renderer, model, approvals="always")
    fresh()
    model.script([": TURN; touch /mnt/outside/asked"])
    _, out = codex("exec", "--skip-git-repo-check", "-c", 'approval_policy="never"', "go")
    check("codex: never asking is refused with a notice", "`Never` is not in the allowed set" in out, out)
    check("codex: nobody to ask, nothing run", os.listdir("/mnt/outside") == [] and len(model.results) == 1, model.results)

    # Why the files that cannot be read are not told to Codex.
    manage(renderer, model)
    with open("/etc/codex/requirements.toml", "a") as requirements:
        requirements.write('permissions.filesystem.deny_read = ["/mnt/claude/.ssh"]\n')
    model.script([": TURN; " + STATUS])
    codex("exec", "--skip-git-repo-check", "go")
    check("codex: with deny_read even the turned command stays in its sandbox", seccomp((model.results + [""])[0]) == "2", model.results)
    manage(renderer, model)
    with open("/etc/codex/requirements.toml") as requirements:
        check("codex: the agent puts an edited file back", "deny_read" not in requirements.read())


# --- Claude Code ---

def claude(model, *words):
    env = {"PATH": os.environ["PATH"], "HOME": "/mnt/claude", "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{model.port}",
           "ANTHROPIC_API_KEY": "x", "DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
    return run(["setpriv", "--reuid", str(USER), "--regid", str(USER), "--clear-groups",
                "/mnt/agents/node_modules/.bin/claude", *words], env=env)


def claude_turn(model, *words):
    status, out = claude(model, "-p", "go", "--output-format", "stream-json", "--verbose", *words)
    start = re.search(r'"permissionMode":"(\w+)"', out)
    return status, start.group(1) if start else "none", out


def check_claude(renderer, model):
    manage(renderer, model)
    os.makedirs("/mnt/claude/.claude")
    with open("/mnt/claude/.claude/settings.json", "w") as own:
        json.dump({"permissions": {"allow": ["Bash(touch *)", "Read(~/.ssh/**)"], "defaultMode": "bypassPermissions"},
                   "hooks": {"SessionStart": [{"hooks": [{"type": "command", "command": "touch /mnt/log/own-hook"}]}]}}, own)
    for path in ("/mnt/claude/.claude", "/mnt/claude/.claude/settings.json"):
        os.chown(path, USER, USER)

    fresh()
    model.script([": TURN; id -un", "touch /mnt/outside/plain", "cat /mnt/claude/.ssh/id", "git push --force"])
    status, mode, out = claude_turn(model, "--dangerously-skip-permissions")
    results = model.results + [""] * 4
    check("claude: a turn under managed settings ends well", status == 0 and len(model.results) == 4, out)
    check("claude: bypassing permissions is refused", mode == "acceptEdits", mode)
    check("claude: what the hook turned runs without a question", "cordon-e2e" in results[0], results[0])
    check("claude: the turned command reached cordon word for word",
          any(w[0] == "run" and w[-1] == ": TURN; id -un" for w in calls()), calls())
    check("claude: a developer's own allow rule does not count", os.listdir("/mnt/outside") == [], results[1])
    check("claude: a file that cannot be read is not read", "has been denied" in results[2] and "a key" not in results[2], results[2])
    check("claude: a denied command is refused", "has been denied" in results[3], results[3])
    for event in ("SessionStart", "UserPromptSubmit", "PreToolUse", "Stop", "SessionEnd"):
        check(f"claude: the managed hook {event} runs", hooked(event), calls())
    check("claude: the developer's own hook does not run", not os.path.exists("/mnt/log/own-hook"))
    signals = {path for path, _ in model.telemetry}
    check("claude: telemetry reaches the gateway's address", {"/v1/logs", "/v1/traces", "/v1/metrics"} <= signals, signals)
    check("claude: prompts are sent, since arguments are kept", any(b"user_prompt" in body for _, body in model.telemetry))

    _, out = claude(model, "mcp", "add", "-s", "user", "evil", "--", "/mnt/bin/server", "evil")
    check("claude: a foreign MCP server is refused", "not allowed by enterprise policy" in out, out)
    status, out = claude(model, "mcp", "add", "-s", "user", "good", "--", "/mnt/bin/server", "good")
    check("claude: the listed MCP server is taken", status == 0, out)

    fresh()
    os.rename("/mnt/bin/cordon", "/mnt/bin/away")
    model.script(["touch /mnt/work/ran-too"])
    claude_turn(model)
    os.rename("/mnt/bin/away", "/mnt/bin/cordon")
    check("claude: without cordon nothing runs", not os.path.exists("/mnt/work/ran-too") and model.results == [], model.results)

    manage(renderer, model, approvals="always")
    model.script([": TURN; touch /mnt/outside/asked"])
    _, mode, out = claude_turn(model)
    check("claude: nobody to ask, nothing run",
          os.listdir("/mnt/outside") == [] and mode == "default" and len(model.results) == 1, out)

    manage(renderer, model, version="900.1")
    _, out = claude(model, "-p", "go")
    check("claude: a version below the lowest does not start", "older than the minimum version" in out, out)


def main():
    agents, renderer = sys.argv[1], sys.argv[2:]
    prepare(agents)
    model = Model()
    check_codex(renderer, model)
    check_claude(renderer, model)
    print(f"settings: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
