"""checks.py PART: each check is a function, of which those with PART in their names run; its docstring is what it shows."""

import sys

import claude
import codex
import copilot
import gemini
from world import World

AGENTS = (codex, claude, gemini, copilot)


def main(part):
    world = World()
    named = {name: f for agent in AGENTS for name, f in vars(agent).items() if name.startswith(agent.__name__ + "_")}
    checks = [f for name, f in named.items() if part in name]
    failed = 0
    for one in checks:
        world.reset()
        try:
            one(world)
            print(f"passed  {one.__doc__}", flush=True)
        except Exception as problem:
            failed += 1
            print(f"FAILED  {one.__doc__}\n        {problem}", flush=True)
    print(f"settings: {len(checks) - failed} passed, {failed} failed")
    return 1 if failed or not checks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
