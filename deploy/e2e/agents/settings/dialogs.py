"""What every agent is to do when the policy wants its developer asked; which words and keys are its own is in its own checks."""

from broker import spec
from world import check

REASON = "Tags start a release."
FIRST = "Go on."


def line(world):
    """It tells whether it ran within a boundary, and tries to leave it."""
    return f"echo run $CORDON_RUN_ID > ran; touch {world.outside}/x; git tag v1"


def checked(world, agent, command, question, yes, no, refused, prepare=lambda: None, steps=None, rules=""):
    """Asked with the policy's reason, yes runs the command within the boundary and no does not, when `refused` is shown."""
    steps = steps or [{"shell": line(world)}]
    for keys in (yes, no):
        world.reset()
        prepare()
        world.govern(spec(agent=rules))
        with world.converse(agent, [*command, FIRST], steps) as terminal:
            terminal.wait(question)
            shown = terminal.wait(REASON)
            check(not world.ran(), terminal.text())
            if keys == yes:
                terminal.answer(keys, lambda: world.broker.events("TOOL_RESULT"))
                text = (world.project / "ran").read_text().split()
                check(len(text) == 2 and not list(world.outside.iterdir()), f"{text}: {terminal.text(shown)}")
                check("allowed" in world.broker.outcomes(), world.broker.outcomes())
            else:
                terminal.answer(keys, lambda: terminal.shows(refused, shown))
                check(not world.ran() and not world.broker.events("TOOL_RESULT"), terminal.text(shown))
                check("allowed" not in world.broker.outcomes(), world.broker.outcomes())
