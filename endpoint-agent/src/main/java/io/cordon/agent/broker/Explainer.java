package io.cordon.agent.broker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Principal;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.CommandDecision;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.HostDecision;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.evaluate.PathDecision;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.Provenance;
import java.util.Locale;
import java.util.Optional;

/** {@code cordon explain}: what the policy in force says about a command, path or host, and where it says so. */
final class Explainer {
    private static final String USAGE =
            "usage: cordon explain command CMD…  |  cordon explain path [--write] PATH  |  cordon explain host HOST[:PORT]";
    private static final int HTTPS = 443;

    private final CallerPaths paths;
    private final NetworkFence network;

    Explainer(CallerPaths paths, NetworkFence network) {
        this.paths = paths;
        this.network = network;
    }

    private record Answer(String subject, Decision decision, String rule, String reason, Optional<Provenance> origin) {}

    LocalReply explain(LocalRequest request, Principal principal, PolicyInForce.Held held) {
        if (request.argv().isEmpty()) {
            return usage();
        }
        String subject = request.argv().get(0);
        return switch (request.args().getOrDefault("kind", "")) {
            case "command" -> answer(request, held, command(request, held));
            case "path" -> answer(request, held, path(request, principal, held, subject));
            case "host" -> answer(request, held, host(held, subject));
            default -> usage();
        };
    }

    private static LocalReply usage() {
        return LocalReply.line(LocalReply.FAILED, USAGE);
    }

    private static Answer command(LocalRequest request, PolicyInForce.Held held) {
        CommandDecision decision = Evaluator.command(held.policy(), request.argv());
        return new Answer(
                String.join(" ", request.argv()),
                decision.decision(),
                decision.rule(),
                decision.reason(),
                Origins.ofCommandRule(held.resolution(), decision.rule()));
    }

    private Answer path(LocalRequest request, Principal principal, PolicyInForce.Held held, String path) {
        PathContext context = paths.from(request, principal, request.cwd());
        Access access = "write".equals(request.args().get("access")) ? Access.WRITE : Access.READ;
        PathDecision decision = Evaluator.path(held.policy(), context, path, access);
        return new Answer(
                access.name().toLowerCase(Locale.ROOT) + " " + decision.path(),
                decision.decision(),
                decision.rule(),
                decision.reason(),
                Origins.ofValue(held.resolution(), "/filesystem", decision.rule()));
    }

    /** {@code HOST}, {@code HOST:PORT}, {@code [IPV6]:PORT} or a bare IPv6 address. */
    private Answer host(PolicyInForce.Held held, String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon == text.indexOf(']') + 1;
        boolean hasPort = colon > 0
                && (bracketed || text.indexOf(':') == colon)
                && text.substring(colon + 1).matches("\\d{1,5}");
        String host = hasPort ? text.substring(0, colon) : text;
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : HTTPS;
        HostDecision decision = Evaluator.hostIn(held.policy(), enforced(held), host, port);
        boolean byMode = decision.rule().startsWith("network-");
        return new Answer(
                decision.host() + ":" + port,
                decision.decision(),
                decision.rule(),
                decision.reason(),
                byMode
                        ? Origins.nearest(held.resolution(), "/network/mode")
                        : Origins.ofHostRule(held.resolution(), decision.rule()));
    }

    /** What this machine makes of the policy's mode. */
    private NetworkMode enforced(PolicyInForce.Held held) {
        return network.plan(held.compiled().network()) instanceof NetworkPlan.Granted granted
                ? switch (granted.reach()) {
                    case ONLINE -> held.policy().network().mode();
                    case PROXY -> NetworkMode.PROXY;
                    case OFFLINE -> NetworkMode.OFFLINE;
                }
                : NetworkMode.OFFLINE;
    }

    private static LocalReply answer(LocalRequest request, PolicyInForce.Held held, Answer answer) {
        return LocalReply.output(request.flag("json") ? json(held, answer) : text(held, answer));
    }

    private static String text(PolicyInForce.Held held, Answer answer) {
        StringBuilder out = new StringBuilder();
        out.append(answer.decision().name().toLowerCase(Locale.ROOT))
                .append("  ")
                .append(answer.subject());
        out.append("\nrule    ").append(answer.rule());
        out.append("\nreason  ").append(answer.reason());
        out.append("\npolicy  ")
                .append(held.policy().name())
                .append(" v")
                .append(held.policy().revision());
        answer.origin()
                .ifPresent(origin -> out.append("\nfrom    ")
                        .append(origin.target())
                        .append(origin.line() > 0 ? " line " + origin.line() : "")
                        .append(" (")
                        .append(origin.kind())
                        .append(" v")
                        .append(origin.revision())
                        .append(')'));
        if (held.policy().mode() == Mode.AUDIT) {
            out.append("\nnote    the policy is in audit mode: this is recorded, not enforced");
        }
        return out.append('\n').toString();
    }

    private static String json(PolicyInForce.Held held, Answer answer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("subject", answer.subject())
                .put("decision", answer.decision().name().toLowerCase(Locale.ROOT))
                .put("rule", answer.rule())
                .put("reason", answer.reason())
                .put("enforced", held.policy().mode() == Mode.ENFORCE)
                .put("policyName", held.policy().name())
                .put("policyVersion", held.policy().revision());
        answer.origin()
                .ifPresent(origin -> node.putObject("origin")
                        .put("document", origin.target())
                        .put("line", origin.line())
                        .put("kind", origin.kind())
                        .put("revision", origin.revision()));
        return node + "\n";
    }
}
