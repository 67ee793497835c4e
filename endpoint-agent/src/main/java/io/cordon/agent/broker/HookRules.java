package io.cordon.agent.broker;

import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.ToolUse;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.CommandDecision;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.HostDecision;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.evaluate.PathDecision;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the policy says of a tool call. */
final class HookRules {
    /** The agent may not be used. */
    static final String USE = "agent-use";
    /** The policy has the developer asked before every command and change. */
    static final String ALWAYS = "approvals-always";
    /** A model wrote a call of Cordon's launcher itself. */
    static final String OWN_CALL = "cordon-call";

    static final String UNREADABLE = "unreadable-call";
    static final String MCP = "mcp-server";
    /** The same of a server that the policy knows by its command or address; the agent's settings start no other under this name. */
    static final String PINNED_MCP = "mcp-server-identity";
    /** Policy says nothing of this tool. */
    static final String NONE = "no-rule";

    private final ResolvedPolicy policy;
    private final HookCall call;
    private final PathContext paths;

    HookRules(ResolvedPolicy policy, HookCall call, PathContext paths) {
        this.policy = policy;
        this.call = call;
        this.paths = paths;
    }

    Verdict decide() {
        String agent = call.agent().policyKey();
        if (policy.agents().use(agent) == Decision.DENY) {
            return new Verdict(
                    Decision.DENY,
                    USE,
                    "The policy does not allow " + call.agent().title() + " here.");
        }
        ToolUse tool = call.tool();
        if (tool instanceof ToolUse.Command command) {
            return asked(command(command));
        }
        if (tool instanceof ToolUse.Files files) {
            Verdict verdict = files(files);
            return files.files().stream().anyMatch(ToolUse.FileUse::write) ? asked(verdict) : verdict;
        }
        if (tool instanceof ToolUse.Fetch fetch) {
            return asked(fetch(fetch));
        }
        if (tool instanceof ToolUse.Mcp mcp) {
            return asked(mcp(mcp));
        }
        if (tool instanceof ToolUse.Unreadable unreadable) {
            return new Verdict(Decision.DENY, UNREADABLE, "Cordon cannot read this call: " + unreadable.why() + ".");
        }
        return new Verdict(Decision.ALLOW, NONE, "The policy says nothing of this tool.");
    }

    private Verdict asked(Verdict verdict) {
        return asksAlways(policy, call) && verdict.decision() == Decision.ALLOW
                ? new Verdict(Decision.PROMPT, ALWAYS, "The policy has you asked before every command and change.")
                : verdict;
    }

    /** Whether the policy has the developer asked before every command and change of this agent. */
    static boolean asksAlways(ResolvedPolicy policy, HookCall call) {
        return policy.agents()
                        .rules(call.agent().policyKey())
                        .map(Agents.AgentRules::approvals)
                        .orElse(Agents.Approvals.CONTAINED)
                == Agents.Approvals.ALWAYS;
    }

    private Verdict command(ToolUse.Command command) {
        CommandDecision decision = Evaluator.command(policy, command.argv());
        boolean own = decision.parts().stream().anyMatch(part -> isOwnCall(part.argv()));
        return own
                ? new Verdict(
                        Decision.DENY,
                        OWN_CALL,
                        "Cordon puts itself before commands; give the command alone, without `cordon`.")
                : Verdict.of(decision);
    }

    private static boolean isOwnCall(List<String> argv) {
        if (argv.size() < 2) {
            return false;
        }
        String name = argv.get(0)
                .substring(Math.max(argv.get(0).lastIndexOf('/'), argv.get(0).lastIndexOf('\\')) + 1);
        return (name.equalsIgnoreCase("cordon") || name.equalsIgnoreCase("cordon.exe"))
                && (argv.get(1).equals("run") || argv.get(1).equals("hook"));
    }

    private Verdict files(ToolUse.Files files) {
        Verdict strictest = new Verdict(Decision.ALLOW, NONE, "It names no file.");
        for (ToolUse.FileUse file : files.files()) {
            Verdict verdict = file(file);
            boolean further = file.below() && verdict.decision() != Decision.DENY;
            strictest = stricter(strictest, further ? below(file).orElse(verdict) : verdict);
        }
        return strictest;
    }

    private Verdict file(ToolUse.FileUse file) {
        Access access = file.write() ? Access.WRITE : Access.READ;
        PathDecision lexical = Evaluator.path(policy, paths, file.path(), access);
        if (lexical.decision() == Decision.DENY || !paths.os().equals("linux")) {
            // On Windows links are not followed: as the system's account that could lead to another machine.
            return verdict(lexical);
        }
        Optional<String> real = RealPaths.follow(lexical.path());
        return real.isEmpty()
                ? new Verdict(Decision.DENY, UNREADABLE, "Where " + lexical.path() + " leads cannot be told.")
                : stricter(verdict(lexical), verdict(Evaluator.path(policy, paths, real.get(), access)));
    }

    /** What is read below the folder that the path leads to. */
    private Optional<Verdict> below(ToolUse.FileUse file) {
        String folder = Evaluator.path(policy, paths, file.path(), Access.READ).path();
        List<String> ways = paths.os().equals("linux")
                ? Stream.concat(Stream.of(folder), RealPaths.follow(folder).stream())
                        .toList()
                : List.of(folder);
        DeniedBelow denied = new DeniedBelow(policy.filesystem().readDeny(), paths);
        return ways.stream()
                .map(denied::first)
                .flatMap(Optional::stream)
                .findFirst()
                .map(pattern -> new Verdict(
                        Decision.DENY,
                        "read-deny:" + pattern,
                        "The policy withholds " + pattern + ", which lies below " + folder
                                + "; search in a folder without it."));
    }

    private static Verdict verdict(PathDecision decision) {
        return new Verdict(decision.decision(), decision.rule(), decision.path() + ": " + decision.reason());
    }

    private static Verdict stricter(Verdict first, Verdict second) {
        return first.decision().isMorePermissiveThan(second.decision())
                        || first.rule().equals(NONE)
                ? second
                : first;
    }

    private Verdict fetch(ToolUse.Fetch fetch) {
        Verdict strictest = new Verdict(Decision.ALLOW, NONE, "It names no host.");
        for (String url : fetch.urls()) {
            strictest = stricter(strictest, fetch(url));
        }
        return strictest;
    }

    private Verdict fetch(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            if (!http || uri.getHost() == null) {
                return new Verdict(Decision.DENY, UNREADABLE, "It is no address of a web page.");
            }
            String host = uri.getHost().replaceAll("^\\[|\\]$", "");
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
            HostDecision decision = Evaluator.host(policy, host, port);
            return new Verdict(decision.decision(), decision.rule(), decision.host() + ": " + decision.reason());
        } catch (URISyntaxException e) {
            return new Verdict(Decision.DENY, UNREADABLE, "It is no address of a web page.");
        }
    }

    private Verdict mcp(ToolUse.Mcp mcp) {
        Optional<List<Agents.McpServer>> allowed =
                policy.agents().rules(call.agent().policyKey()).flatMap(Agents.AgentRules::mcpServers);
        if (allowed.isEmpty()) {
            return new Verdict(Decision.ALLOW, NONE, "The policy allows every MCP server.");
        }
        List<Agents.McpServer> listed = allowed.get().stream()
                .filter(server -> mcp.prefixed()
                        ? mcp.server().startsWith(server.name() + "-")
                        : mcp.server().equals(server.name()))
                .toList();
        if (listed.isEmpty()) {
            return new Verdict(Decision.DENY, MCP, "The policy does not list the MCP server of " + mcp.name() + ".");
        }
        boolean pinned = listed.stream()
                .allMatch(server -> !server.command().isEmpty() || server.url().isPresent());
        return new Verdict(Decision.ALLOW, pinned ? PINNED_MCP : MCP, "The policy allows this MCP server.");
    }
}
