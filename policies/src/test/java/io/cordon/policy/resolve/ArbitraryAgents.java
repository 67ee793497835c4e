package io.cordon.policy.resolve;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Sections {@code agents} as JSON, each field given or left out. */
final class ArbitraryAgents {

    private static final List<String> VERSIONS = List.of("1", "1.2", "1.2.0", "1.10", "0.9.9.9", "0.10", "2");
    private static final List<String> SERVERS = List.of(
            "\"a\"",
            "{\"name\": \"a\"}",
            "{\"name\": \"a\", \"command\": [\"x\"]}",
            "{\"name\": \"a\", \"url\": \"https://a\"}",
            "\"b\"");

    private ArbitraryAgents() {}

    static Arbitrary<String> ofPolicies() {
        return section(words("allow", "deny"), words("contained", "always"), Arbitraries.of("true", "false"));
    }

    static Arbitrary<String> ofTightenings() {
        return section(words("deny"), words("always"), Arbitraries.just("true"));
    }

    private static Arbitrary<String> section(
            Arbitrary<String> decision, Arbitrary<String> approvals, Arbitrary<String> flag) {
        Arbitrary<String> rules = Combinators.combine(
                        field("use", decision),
                        field("minVersion", Arbitraries.of(VERSIONS).map(version -> "\"" + version + "\"")),
                        field("approvals", approvals),
                        field("fullAccess", decision),
                        field("mcpServers", servers()),
                        field("managedHooksOnly", flag))
                .as((a, b, c, d, e, f) -> object(a, b, c, d, e, f));
        return Combinators.combine(
                        field("unlisted", decision),
                        field(
                                "rememberAsksMinutes",
                                Arbitraries.integers().between(0, 480).map(String::valueOf)),
                        field("codex", rules),
                        field("claudeCode", rules),
                        field("gemini", rules),
                        field("copilot", rules))
                .as((a, b, c, d, e, f) -> object(a, b, c, d, e, f));
    }

    private static Arbitrary<String> servers() {
        return Arbitraries.of(SERVERS)
                .list()
                .ofMaxSize(3)
                .uniqueElements()
                .map(servers -> "{\"allow\": " + servers + "}");
    }

    private static Arbitrary<String> words(String... words) {
        return Arbitraries.of(words).map(word -> "\"" + word + "\"");
    }

    private static Arbitrary<String> field(String name, Arbitrary<String> value) {
        return Arbitraries.oneOf(value.map(text -> "\"" + name + "\": " + text), Arbitraries.just(""));
    }

    private static String object(String... fields) {
        return "{"
                + String.join(
                        ", ",
                        List.of(fields).stream()
                                .filter(field -> !field.isEmpty())
                                .toList()) + "}";
    }
}
