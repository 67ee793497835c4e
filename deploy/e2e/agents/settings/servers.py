"""What every agent is to do with a tool of an MCP server; how each names the tool and comes to its server is in its own checks."""

from broker import spec
from world import check


def pinned(world):
    return f'mcpServers: {{allow: [{{name: good, command: ["{world.server}", "{world.home}/notes/good"]}}]}}'


def checked(world, agent, tool, **options):
    """A tool of a listed server runs unasked and is recorded; once the policy does not list it, the hook refuses the next call."""
    call = [{"tool": {"name": tool, "arguments": {}}}]
    world.govern(spec(agent=pinned(world)))
    played = world.play(agent, call, **options)
    decided = world.broker.decisions()
    check(played.said(0, "pong") and decided, f"{decided}, {played}")
    for one in decided:
        check((one["cordon.hook.decision"], one["cordon.policy.rule"]) == ("allow", "mcp-server-identity"), decided)
    told = world.broker.events("TOOL_CALL") + world.broker.events("TOOL_RESULT")
    check(len(told) == 2 and len({event["attributes"]["gen_ai.tool.name"] for event in told}) == 1, told)
    check("pong" in told[1]["content"]["gen_ai.tool.call.result"], told)
    # The settings that started the server are still those from before.
    world.govern(spec(agent="mcpServers: {allow: []}"), settings=False)
    played = world.play(agent, call, **options)
    decided = world.broker.decisions()
    check(played.said(0, "The policy does not list the MCP server") and not played.said(0, "pong"), played)
    check([one["cordon.hook.decision"] for one in decided] == ["deny"], decided)
