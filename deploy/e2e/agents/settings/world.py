"""A developer's machine as far as the coding agents see it: a user, a project, the managed files of a policy, a model that plays a script."""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess

from broker import Broker
from terminal import Terminal

HERE = pathlib.Path(__file__).resolve().parent
POLICIES = HERE.parents[3] / "endpoint-agent/src/test/resources/adapters/policies"
AGENTS = pathlib.Path("/mnt/coding-agents/node_modules/.bin")
UID = 64321
PLACES = ("codex", "claude-code", "gemini-cli", "github-copilot")
SECONDS = 600
ALL = ("offline", "proxy", "online", "audit", "always", "mcp", "no-mcp", "full-access", "denied")
POLICY = """mode: enforce
filesystem: {read: {deny: ["~/.ssh"]}, write: {roots: ["${workspace}"], protect: [".envrc"]}}
network: {mode: %(network)s}
commands:
  default: allow
  unknown: allow
  rules:
    - {id: no-push, match: {argv: [git, push]}, decision: deny, reason: Nobody pushes from here., examples: {match: [git push]}}
telemetry: {arguments: full, agentEvents: "%(events)s"}
agents: {codex: {%(agent)s}, claudeCode: {%(agent)s}, gemini: {%(agent)s}, copilot: {%(agent)s}}
"""
CODEX = """model = "gpt-5"
model_provider = "local"
[model_providers.local]
name = "local"
base_url = "%s/v1"
wire_api = "responses"
env_key = "MODEL_KEY"
"""


def policy(network="online", agent="", events="off"):
    return POLICY % {"network": network, "agent": agent, "events": events}


def check(condition, played):
    if not condition:
        raise AssertionError(str(played))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class World:
    """Everything lies below `work`; /etc is this process's own."""

    def __init__(self):
        self.work = pathlib.Path("/mnt/developer")
        self.home, self.outside = self.work / "home", self.work / "outside"
        self.work.mkdir()
        for name in ("cordon", "mcp-server"):
            shutil.copy(HERE / name, self.work / name)
            (self.work / name).chmod(0o755)
        self.cordon, self.server = self.work / "cordon", self.work / "mcp-server"
        self.broker = None
        with open("/etc/passwd", "a") as passwd:
            passwd.write(f"cordon-e2e-agent:x:{UID}:{UID}::{self.home}:/bin/bash\n")

    def reset(self):
        """A new home, a new project, no managed files, no notes of calls."""
        for folder in (self.home, self.outside, self.work / "ledger", *(pathlib.Path("/etc", place) for place in PLACES)):
            shutil.rmtree(folder, ignore_errors=True)
        self.project = self.home / "shop"
        self.project.mkdir(parents=True)
        (self.project / "README.md").write_text("# Shop\n")
        self.write(".gemini/settings.json", {"security": {"auth": {"selectedType": "gemini-api-key"}}})
        self.codex_config = ""
        (self.home / "notes").mkdir()
        self.outside.mkdir()
        self.outside.chmod(0o777)
        (self.work / "calls.log").write_text("")
        (self.work / "calls.log").chmod(0o666)

    def write(self, name, content):
        file = self.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content))

    def govern(self, spec, settings=True):
        """Has a broker answer by a policy, given by the text of its spec, and with `settings` write those for it, instead of `cordon`."""
        self.broker = self.broker or Broker(self.work / "broker")
        file = self.work / "policy.yaml"
        file.write_text(spec)
        if settings:
            self.broker.settings(file)
        self.broker.policy(file)

    def manage(self, spec, otlp=""):
        """Has the agent's own code write the settings for a policy, given by the name of one of its tests or as the text of its spec."""
        text = (POLICIES / f"{spec}.yaml").read_text() if "\n" not in spec else spec
        (self.work / "policy.yaml").write_text(text)
        words = ["io.cordon.agent.adapters.WriteSettings", self.work / "policy.yaml", "/", self.cordon, otlp]
        ran = subprocess.run(
            ["java", "-cp", os.environ["WRITE_CLASSPATH"], *map(str, words)], capture_output=True, text=True, timeout=SECONDS
        )
        if ran.returncode:
            raise AssertionError(f"not written: {ran.stderr[:2000]}")

    def calls(self):
        return [json.loads(line) for line in (self.work / "calls.log").read_text().splitlines()]

    def hooks(self):
        return [" ".join(words[1:]) for words in self.calls() if words[0] == "hook"]

    def ran(self):
        return (self.project / "ran").exists()

    def without_cordon(self, agent, steps):
        """Plays while the program that the hooks call is missing."""
        moved = self.cordon.rename(self.cordon.with_name("moved"))
        try:
            return self.play(agent, steps)
        finally:
            moved.rename(self.cordon)

    def play(self, agent, steps, flags=(), variables=None, port=0):
        """Has an agent work through the steps in its project, with nobody to ask."""
        with self.model(steps, port) as url:
            command, environment = getattr(self, agent)(url, flags)
            ran = self.start(command, {**environment, **(variables or {})}, root=agent == "codex")
        return Played(ran, self.work / "record")

    @contextlib.contextmanager
    def model(self, steps, port=0):
        """A model with a script, by its address; what it is asked is in `record`."""
        (self.work / "scenario.json").write_text(json.dumps({"steps": steps, "final": "Finished."}))
        record = self.work / "record"
        shutil.rmtree(record, ignore_errors=True)
        subprocess.run(["git", "init", "-q", self.project], check=True)
        command = [HERE.parent / "mock-model", self.work / "scenario.json", "--port", str(port), "--record", record]
        with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True) as process:
            try:
                yield process.stdout.readline().split()[1]
            finally:
                process.kill()

    @contextlib.contextmanager
    def converse(self, agent, command, steps):
        """Has an agent work through the steps at a terminal, where a person can be asked."""
        with self.model(steps) as url:
            _, environment = getattr(self, agent)(url, ())
            argv, environment = self.prepared(command, environment, root=agent == "codex")
            with Terminal(argv, self.project, environment) as terminal:
                yield terminal

    def start(self, command, environment, root=False):
        """Runs a program of an agent in the project to its end."""
        argv, environment = self.prepared(command, environment, root)
        return subprocess.run(
            argv, cwd=self.project, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS
        )

    def prepared(self, command, environment, root):
        """How a program of an agent is run: as the developer, or as root, which Codex needs for its own sandbox."""
        owner = 0 if root else UID
        subprocess.run(["chown", "-R", f"{owner}:{owner}", self.home], check=True)
        user = [] if root else ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups"]
        environment = {"HOME": str(self.home), "PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm-256color", **environment}
        return [*user, str(AGENTS / command[0]), *map(str, command[1:])], environment

    def codex(self, url, flags):
        self.write(".codex/config.toml", CODEX % url + self.codex_config)
        variables = {"CODEX_HOME": str(self.home / ".codex"), "MODEL_KEY": "none"}
        return ["codex", "exec", "--skip-git-repo-check", *flags, "Go on."], variables

    def claude(self, url, flags):
        variables = {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "none", "DISABLE_AUTOUPDATER": "1"}
        variables |= {"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        return ["claude", "-p", "Go on.", "--output-format", "stream-json", "--verbose", *flags], variables

    def gemini(self, url, flags):
        variables = {"GOOGLE_GEMINI_BASE_URL": url, "GEMINI_API_KEY": "none", "GEMINI_CLI_TRUST_WORKSPACE": "true"}
        return ["gemini", "-m", "gemini-2.5-pro", *flags, "-p", "Go on."], variables

    def copilot(self, url, flags):
        variables = {"COPILOT_PROVIDER_BASE_URL": f"{url}/v1", "COPILOT_PROVIDER_API_KEY": "none"}
        variables |= {"COPILOT_MODEL": "gpt-5", "COPILOT_OFFLINE": "true"}
        return ["copilot", *flags, "-p", "Go on."], variables

    def copilot_log(self):
        return "".join(log.read_text() for log in sorted((self.home / ".copilot/logs").glob("process-*.log")))


class Played:
    """What came of it: the exit code, what was printed, what the model was told of each step and offered, all requests by name."""

    def __init__(self, ran, record):
        self.code, self.printed = ran.returncode, ran.stdout + ran.stderr
        self.requests = {file.name[5:]: file.read_bytes() for file in sorted(record.glob("*"))}
        self.received = sorted(self.requests)
        documents = [json.loads(file.read_text()) for file in sorted(record.glob("*.json")) if file.stat().st_size]
        asked = [one for one in documents if {"contents", "messages", "input"} & one.keys()]
        asked = [one for one in asked if one.get("tools")] or asked
        self.results, self.offered = ([], set()) if not asked else (results(asked[-1]), offered(asked[-1]))

    def said(self, step, text):
        return len(self.results) > step and text in self.results[step]

    def telemetry(self):
        return {name[:-3] for name in self.received if name.endswith(".pb")}

    def __str__(self):
        return f"exit {self.code}, results {self.results}, offered {sorted(self.offered)}, printed:\n{self.printed[-1500:]}"


def results(request):
    """What the tools answered, as JSON, in the form of each API."""
    if "contents" in request:
        parts = [part for content in request["contents"] for part in content["parts"]]
        return [json.dumps(part["functionResponse"]["response"]) for part in parts if "functionResponse" in part]
    if "input" in request:
        items = [item for item in request["input"] if item.get("type", "").endswith("call_output")]
        return [json.dumps(item["output"]) for item in items]
    tools = [message["content"] for message in request["messages"] if message["role"] == "tool"]
    blocks = [block for message in request["messages"] if isinstance(message["content"], list) for block in message["content"]]
    return [json.dumps(one) for one in tools + [block["content"] for block in blocks if block.get("type") == "tool_result"]]


def offered(request):
    tools = [tool for entry in request.get("tools", []) for tool in entry.get("functionDeclarations", [entry])]
    return {tool.get("function", tool).get("name", tool.get("type")) for tool in tools}
