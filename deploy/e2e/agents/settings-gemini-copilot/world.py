"""A developer's machine as far as the two agents see it: a user, a project, the managed files of a policy, a model that plays a script."""

import json
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
POLICIES = HERE.parents[3] / "endpoint-agent/src/test/resources/adapters/policies"
UID = 64321
PLACES = ("gemini-cli", "github-copilot")
SECONDS = 120


class World:
    """Everything lies below `work`; /etc is this process's own."""

    def __init__(self, work, agents):
        self.work, self.agents = pathlib.Path(work), pathlib.Path(agents)
        self.home = self.work / "home"
        for name in ("cordon", "mcp-server"):
            shutil.copy(HERE / name, self.work / name)
            (self.work / name).chmod(0o755)
        self.cordon, self.server = self.work / "cordon", self.work / "mcp-server"
        with open("/etc/passwd", "a") as passwd:
            passwd.write(f"cordon-e2e-agent:x:{UID}:{UID}::{self.home}:/bin/bash\n")

    def reset(self):
        """A new home, a new project, no managed files, no notes of hooks."""
        shutil.rmtree(self.home, ignore_errors=True)
        for place in PLACES:
            shutil.rmtree(f"/etc/{place}", ignore_errors=True)
        self.project = self.home / "shop"
        self.project.mkdir(parents=True)
        (self.project / "README.md").write_text("# Shop\n")
        self.write(".gemini/settings.json", {"security": {"auth": {"selectedType": "gemini-api-key"}}})
        (self.home / "notes").mkdir()
        (self.work / "hooks.log").write_text("")
        (self.work / "hooks.log").chmod(0o666)

    def write(self, name, content):
        file = self.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content))

    def manage(self, spec, otlp=""):
        """Renders a policy, given by the name of one of the adapters' tests or as the text of its spec, to /etc."""
        text = (POLICIES / f"{spec}.yaml").read_text() if "\n" not in spec else spec
        (self.work / "policy.yaml").write_text(text)
        rendered = self.work / "rendered"
        shutil.rmtree(rendered, ignore_errors=True)
        arguments = [self.work / "policy.yaml", "linux", self.cordon, otlp, rendered]
        ran = subprocess.run(
            ["java", "-cp", os.environ["RENDER_CLASSPATH"], "io.cordon.agent.adapters.RenderSettings", *map(str, arguments)],
            capture_output=True, text=True, timeout=SECONDS,
        )
        if ran.returncode:
            raise AssertionError(f"not rendered: {ran.stderr[:2000]}")
        for place in PLACES:
            shutil.copytree(rendered / "etc" / place, f"/etc/{place}", dirs_exist_ok=True)

    def hooks(self):
        return (self.work / "hooks.log").read_text().split("\n")

    def play(self, agent, steps, flags=(), variables=None, port=0):
        """Has an agent work through the steps in its project, with nobody to ask."""
        (self.work / "scenario.json").write_text(json.dumps({"steps": steps, "final": "Finished."}))
        record = self.work / "record"
        shutil.rmtree(record, ignore_errors=True)
        subprocess.run(["git", "init", "-q", self.project], check=True)
        subprocess.run(["chown", "-R", f"{UID}:{UID}", self.home], check=True)
        model = [HERE.parent / "mock-model", self.work / "scenario.json", "--port", str(port), "--record", record]
        with subprocess.Popen([str(part) for part in model], stdout=subprocess.PIPE, text=True) as process:
            try:
                url = process.stdout.readline().split()[1]
                command, environment = self.command(agent, url, flags)
                environment |= {"HOME": str(self.home), "PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm-256color"}
                ran = subprocess.run(
                    ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", *command],
                    cwd=self.project, env={**environment, **(variables or {})}, stdin=subprocess.DEVNULL,
                    capture_output=True, text=True, timeout=SECONDS,
                )
            finally:
                process.kill()
        return Played(ran, record)

    def command(self, agent, url, flags):
        if agent == "gemini":
            variables = {"GOOGLE_GEMINI_BASE_URL": url, "GEMINI_API_KEY": "none", "GEMINI_CLI_TRUST_WORKSPACE": "true"}
            return [str(self.agents / ".bin/gemini"), "-m", "gemini-2.5-pro", *flags, "-p", "Go on."], variables
        variables = {"COPILOT_PROVIDER_BASE_URL": f"{url}/v1", "COPILOT_PROVIDER_API_KEY": "none"}
        variables |= {"COPILOT_MODEL": "gpt-5", "COPILOT_OFFLINE": "true"}
        return [str(self.agents / ".bin/copilot"), *flags, "-p", "Go on."], variables

    def copilot_log(self):
        return "".join(log.read_text() for log in sorted((self.home / ".copilot/logs").glob("process-*.log")))


class Played:
    """What came of it: the exit code, what was printed, what the model was told of each step and offered."""

    def __init__(self, ran, record):
        self.code, self.printed = ran.returncode, ran.stdout + ran.stderr
        self.received = sorted(file.name[5:] for file in record.glob("*"))
        requests = [json.loads(file.read_text()) for file in sorted(record.glob("*.json")) if b"" != file.read_bytes()]
        asked = [request for request in requests if "contents" in request or "messages" in request]
        self.results, self.offered = [], set()
        if asked:
            self.results, self.offered = self.gemini(asked[-1]) if "contents" in asked[-1] else self.copilot(asked[-1])

    @staticmethod
    def gemini(request):
        parts = [part for content in request["contents"] for part in content["parts"]]
        results = [json.dumps(part["functionResponse"]["response"]) for part in parts if "functionResponse" in part]
        tools = [tool["name"] for entry in request.get("tools", []) for tool in entry.get("functionDeclarations", [])]
        return results, set(tools)

    @staticmethod
    def copilot(request):
        results = [json.dumps(message["content"]) for message in request["messages"] if message["role"] == "tool"]
        return results, {tool["function"]["name"] for tool in request.get("tools", [])}

    def said(self, step, text):
        return len(self.results) > step and text in self.results[step]

    def __str__(self):
        return f"exit {self.code}, results {self.results}, offered {sorted(self.offered)}, printed:\n{self.printed[-1500:]}"
