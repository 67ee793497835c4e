"""What every agent is to do when its own tool is to fetch a page; how each is told the address is in its own checks."""

from types import MappingProxyType

from broker import spec
from world import check

# Names of which nobody ever has an address.
NETWORK = "proxy, allow: [{host: allowed.example}], deny: [{host: denied.example}]"


def checked(world, agent, step, hidden=MappingProxyType({}), **options):
    """The hook refuses hosts that the policy denies or does not allow, with the rule, `hidden` ones too; from another, the agent tries to get."""
    world.govern(spec(NETWORK))
    rules = ["host-deny:denied.example", "host-not-allowed", *hidden.values()]
    addresses = [*(f"https://{host}.example/x" for host in ("denied", "unlisted")), *hidden, "https://allowed.example/x"]
    played = world.play(agent, [step(address) for address in addresses], **options)
    check(len(played.results) == len(addresses) and not played.said(len(rules), "by rule"), played)
    for number, rule in enumerate(rules):
        check(played.said(number, f"denied by rule {rule}"), f"{rule}: {played}")
    decided = [one["cordon.hook.decision"] for one in world.broker.decisions()]
    check(decided[: len(rules)] == ["deny"] * len(rules) and set(decided[len(rules) :]) == {"allow"}, f"{decided}, {played}")
    told = [event["content"]["gen_ai.tool.call.arguments"] for event in world.broker.events("TOOL_RESULT")]
    check(len(told) == 1 and "https://allowed.example/x" in told[0], f"{told}, {played}")
