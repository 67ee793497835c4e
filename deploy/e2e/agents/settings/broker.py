"""The real broker and the real cordon, over a sandbox: what answers the coding agents' hooks and runs their commands on a machine."""

import json
import os
import pathlib
import shutil
import subprocess

SPEC = """mode: enforce
filesystem: {read: {deny: ["~/.ssh"]}, write: {roots: ["${workspace}", "${tmp}"], protect: [".git/hooks", ".envrc"]}}
network: {mode: %(network)s}
process:
  limits: {processes: 64, memoryMiB: 1024, wallClockSeconds: 60, openFiles: 256}
  environment: {pass: [PATH, HOME, LANG]}
commands:
  default: allow
  unknown: allow
  rules:
    - {id: tag-asks, match: {argv: [git, tag]}, decision: prompt, reason: Tags start a release., examples: {match: [git tag v1]}}
telemetry: {arguments: full, agentEvents: "off"}
agents: {codex: {%(agent)s}, claudeCode: {%(agent)s}, gemini: {%(agent)s}, copilot: {%(agent)s}}
"""
PROGRAMS = pathlib.Path(__file__).resolve().parents[4] / "endpoint-agent/target/launcher"


def spec(network="offline", agent=""):
    return SPEC % {"network": network, "agent": agent}


class Broker:
    """Started once, with its files in `folder`; ends with this process, whose end closes its standard input."""

    def __init__(self, folder):
        self.cordon, self.hooks = folder / "bin/cordon", folder / "hooks.jsonl"
        self.cordon.parent.mkdir(parents=True)
        for name in ("cordon", "cordon-spawner"):
            shutil.copy(PROGRAMS / name, self.cordon.with_name(name))
        words = ["io.cordon.agent.broker.ServeBroker", folder, self.cordon, self.cordon.with_name("cordon-spawner")]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["java", "-cp", os.environ["WRITE_CLASSPATH"], *map(str, words)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )

    def settings(self, file):
        """Has the managed settings written for the policy whose spec is in `file`."""
        self._do("settings", file)

    def policy(self, file):
        """Puts it in force; nothing is recorded from before."""
        self._do("policy", file)
        self.hooks.write_text("")

    def _do(self, word, file):
        self.process.stdin.write(f"{word} {file}\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if said != "done\n":
            raise AssertionError(f"{said}{self.log.read_text()[-2000:]}")

    def events(self, kind):
        """What hooks told (kind TOOL_CALL, TOOL_RESULT, …) or were answered (DECISION), in order."""
        # Only whole lines: the last may still be written. Other ends of lines may stand within.
        events = [json.loads(line) for line in self.hooks.read_text().split("\n")[:-1]]
        return [event for event in events if event["kind"] == kind]

    def decisions(self):
        """What was decided on each call; how a question ended is none, and may be told of one from before."""
        decided = [event["attributes"] for event in self.events("DECISION")]
        return [one for one in decided if "cordon.hook.decision" in one]

    def outcomes(self):
        """How questions ended."""
        decided = [event["attributes"] for event in self.events("DECISION")]
        return [one["cordon.ask.outcome"] for one in decided if "cordon.ask.outcome" in one]
