package io.cordon.agent.broker;

import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Network;
import io.cordon.policy.resolve.Provenance;
import io.cordon.policy.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the document and line behind a rule id, for people who were refused. */
final class Origins {
    private Origins() {}

    /** The origin of what decided on a command. */
    static Optional<Provenance> ofCommandRule(Resolution resolution, String rule) {
        return switch (rule) {
            case "default" -> nearest(resolution, "/commands/default");
            case "unknown-shell" -> nearest(resolution, "/commands/unknown");
            default ->
                indexed(
                                resolution,
                                "/commands/rules",
                                resolution.policy().commands().rules(),
                                rule)
                        .or(() -> indexed(
                                resolution,
                                "/commands/narrowing",
                                resolution.policy().commands().narrowing(),
                                rule));
        };
    }

    private static Optional<Provenance> indexed(
            Resolution resolution, String pointer, List<CommandRule> rules, String rule) {
        return IntStream.range(0, rules.size())
                .filter(i -> rules.get(i).id().equals(rule))
                .mapToObj(i -> nearest(resolution, pointer + "/" + i))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The origin of a rule named {@code kind:value}, by the value in that part of the policy; else of the part itself. */
    static Optional<Provenance> ofValue(Resolution resolution, String section, String rule) {
        String value = rule.substring(rule.indexOf(':') + 1);
        return resolution.provenance().stream()
                .filter(each -> each.pointer().startsWith(section)
                        && (each.value().equals(value) || value.endsWith("/" + each.value())))
                .findFirst();
    }

    /** The origin of what decided on a host, by the rule {@code kind:host}. */
    static Optional<Provenance> ofHostRule(Resolution resolution, String rule) {
        String value = rule.substring(rule.indexOf(':') + 1);
        Network network = resolution.policy().network();
        boolean denied = rule.startsWith("host-deny:");
        return hostRule(
                        resolution,
                        denied ? "/network/deny" : "/network/allow",
                        denied ? network.deny() : network.allow(),
                        value)
                .or(() -> ofValue(resolution, "/network", rule));
    }

    private static Optional<Provenance> hostRule(
            Resolution resolution, String pointer, List<HostRule> rules, String value) {
        return IntStream.range(0, rules.size())
                .filter(i -> rules.get(i).toString().equals(value))
                .mapToObj(i -> nearest(resolution, pointer + "/" + i))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The value at the pointer, or the first below it. */
    static Optional<Provenance> nearest(Resolution resolution, String pointer) {
        return resolution.provenance().stream()
                .filter(each -> each.pointer().equals(pointer) || each.pointer().startsWith(pointer + "/"))
                .findFirst();
    }
}
