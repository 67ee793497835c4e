package io.cordon.policy.document;

import io.cordon.policy.model.EnvironmentRules;
import io.cordon.policy.model.HostPattern;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.PartialLimits;
import io.cordon.policy.model.ProcessRules;
import io.cordon.policy.model.Selector;
import java.util.List;
import java.util.Optional;

/** The sections that several kinds of documents share. */
final class Sections {

    private Sections() {}

    static List<HostRule> hosts(Cursor rules) {
        return rules.items(rule -> new HostRule(
                new HostPattern(rule.at("host").text("")),
                rule.at("ports").numbers(),
                rule.at("methods").texts(method -> method)));
    }

    static Optional<List<HostRule>> optionalHosts(Cursor rules) {
        return rules.isPresent() ? Optional.of(hosts(rules)) : Optional.empty();
    }

    static Optional<List<Integer>> optionalPorts(Cursor ports) {
        return ports.isPresent() ? Optional.of(ports.numbers()) : Optional.empty();
    }

    static ProcessRules process(Cursor process) {
        Cursor limits = process.at("limits");
        Cursor environment = process.at("environment");
        return new ProcessRules(
                new Limits(
                        limits.at("processes").number(Limits.DEFAULT.processes()),
                        limits.at("memoryMiB").number(Limits.DEFAULT.memoryMiB()),
                        limits.at("wallClockSeconds").number(Limits.DEFAULT.wallClockSeconds()),
                        limits.at("openFiles").number(Limits.DEFAULT.openFiles())),
                new EnvironmentRules(
                        environment.at("pass").texts(NamePattern::new),
                        environment.at("withhold").texts(NamePattern::new),
                        environment.at("set").members((name, value) -> value.text(""))),
                process.at("debugging").optionalFlag().orElse(false));
    }

    static PartialLimits partialLimits(Cursor limits) {
        return new PartialLimits(
                limits.at("processes").optionalNumber(),
                limits.at("memoryMiB").optionalNumber(),
                limits.at("wallClockSeconds").optionalNumber(),
                limits.at("openFiles").optionalNumber());
    }

    static Selector selector(Cursor selector) {
        return new Selector(
                selector.at("os").texts(os -> os),
                selector.at("host").texts(host -> host),
                selector.at("group").texts(group -> group),
                selector.at("tag").members((tag, values) -> values.texts(value -> value)),
                selector.at("id").texts(id -> id));
    }
}
