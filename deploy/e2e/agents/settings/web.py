"""What every agent is to do when its own tool is to fetch a page; how each is told the address is in its own checks."""

from broker import spec
from world import check

# Names of which nobody ever has an address.
NETWORK = "proxy, allow: [{host: allowed.example}], deny: [{host: denied.example}]"


def checked(world, agent, step, **options):
    """The hook refuses hosts that the policy denies or does not allow, with the rule; to another, the agent tries to get."""
    world.govern(spec(NETWORK))
    played = world.play(agent, [step(f"https://{host}.example/x") for host in ("denied", "unlisted", "allowed")], **options)
    check(len(played.results) == 3 and played.said(0, "denied by rule host-deny:denied.example"), played)
    check(played.said(1, "denied by rule host-not-allowed") and not played.said(2, "by rule"), played)
    decided = [event["attributes"]["cordon.hook.decision"] for event in world.broker.events("DECISION")]
    check(decided[:2] == ["deny", "deny"] and set(decided[2:]) == {"allow"}, f"{decided}, {played}")
    told = [event["content"]["gen_ai.tool.call.arguments"] for event in world.broker.events("TOOL_RESULT")]
    check(len(told) == 1 and "https://allowed.example/x" in told[0], f"{told}, {played}")
