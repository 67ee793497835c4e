package io.cordon.policy.resolve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.Documents;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** I-2: whatever a tightening says, resolving with it never permits what was not permitted without it. */
class TighteningPropertyTest {

    private static final PathContext CONTEXT =
            new PathContext("linux", "/home/dev", "/home/dev/project", "/tmp", "/home/dev/project");
    private static final List<String> PATHS = List.of(
            "~",
            "~/.ssh",
            "~/.aws",
            "${workspace}",
            "${workspace}/.git",
            "${workspace}/src",
            "${tmp}",
            "/etc",
            "~/*",
            "/");
    private static final List<String> PROTECTED = List.of(".git/hooks", ".git", "src", "hooks", ".claude", "a/*");
    private static final List<String> HOSTS = List.of(
            "*", "*.example.com", "a.example.com", "*.a.example.com", "127.0.0.1", "localhost", "10.0.0.1", "::1");
    private static final List<String> NAMES = List.of("*", "LC_*", "LC_ALL", "*_TOKEN", "GH_TOKEN", "PATH", "A*", "*L");
    private static final List<String> WORDS = List.of(
            "git",
            "push",
            "status",
            "-f",
            "--force",
            "-C",
            "x",
            "npm",
            "sh",
            "-c",
            "env",
            "git push -f",
            "$X",
            "|",
            "&&",
            "A=1",
            "sudo",
            "curl",
            "*",
            "echo $(git push)",
            "'",
            ";");

    @Property(tries = 400)
    void neverPermitsMoreCommands(
            @ForAll("policies") String policy,
            @ForAll("tightenings") String tightening,
            @ForAll("lines") List<String> words) {
        Pair pair = resolve(policy, tightening);
        Decision without = Evaluator.command(pair.without, words).decision();
        Decision with = Evaluator.command(pair.with, words).decision();
        assertFalse(with.isMorePermissiveThan(without), () -> words + ": " + without + " became " + with);
        String line = String.join(" ", words);
        Decision lineWithout = Evaluator.shellLine(pair.without, line).decision();
        Decision lineWith = Evaluator.shellLine(pair.with, line).decision();
        assertFalse(
                lineWith.isMorePermissiveThan(lineWithout), () -> line + ": " + lineWithout + " became " + lineWith);
    }

    @Property(tries = 400)
    void neverPermitsMorePaths(
            @ForAll("policies") String policy, @ForAll("tightenings") String tightening, @ForAll("paths") String path) {
        Pair pair = resolve(policy, tightening);
        for (Access access : Access.values()) {
            Decision without =
                    Evaluator.path(pair.without, CONTEXT, path, access).decision();
            Decision with = Evaluator.path(pair.with, CONTEXT, path, access).decision();
            assertFalse(with.isMorePermissiveThan(without), () -> access + " " + path + " became " + with);
        }
    }

    @Property(tries = 400)
    void neverPermitsMoreHosts(
            @ForAll("policies") String policy,
            @ForAll("tightenings") String tightening,
            @ForAll("hosts") String host,
            @ForAll("ports") int port) {
        Pair pair = resolve(policy, tightening);
        Decision without = Evaluator.hostIn(pair.without, pair.without.network().mode(), host, port)
                .decision();
        Decision with = Evaluator.hostIn(pair.with, pair.with.network().mode(), host, port)
                .decision();
        assertFalse(with.isMorePermissiveThan(without), () -> host + ":" + port + " became " + with);
        for (String method : List.of("GET", "PUT", "POST")) {
            Decision before =
                    Evaluator.request(pair.without, host, port, method).decision();
            Decision after = Evaluator.request(pair.with, host, port, method).decision();
            assertFalse(after.isMorePermissiveThan(before), () -> method + " " + host + ":" + port);
        }
    }

    @Property(tries = 400)
    void neverRaisesLimitsNorPassesMoreNorKeepsMore(
            @ForAll("policies") String policy, @ForAll("tightenings") String tightening) {
        Pair pair = resolve(policy, tightening);
        Limits without = pair.without.process().limits();
        Limits with = pair.with.process().limits();
        assertTrue(with.processes() <= without.processes());
        assertTrue(with.memoryMiB() <= without.memoryMiB());
        assertTrue(with.wallClockSeconds() <= without.wallClockSeconds());
        assertTrue(with.openFiles() <= without.openFiles());
        assertTrue(pair.without.process().debugging() || !pair.with.process().debugging());
        assertTrue(pair.with.mode().compareTo(pair.without.mode()) >= 0);
        assertTrue(pair.with.network().mode().compareTo(pair.without.network().mode()) >= 0);
        for (String name : List.of("PATH", "LC_ALL", "LC_TIME", "GH_TOKEN", "A", "ALL", "HOME")) {
            assertTrue(pair.without.process().environment().passes(name)
                    || !pair.with.process().environment().passes(name));
        }
        assertTrue(pair.without
                .process()
                .environment()
                .apply(Map.of("LC_ALL", "C", "GH_TOKEN", "x"))
                .keySet()
                .containsAll(pair.with
                        .process()
                        .environment()
                        .apply(Map.of("LC_ALL", "C", "GH_TOKEN", "x"))
                        .keySet()));
        assertTrue(pair.with
                        .telemetry()
                        .arguments()
                        .compareTo(pair.without.telemetry().arguments())
                >= 0);
        assertTrue(
                pair.with.telemetry().retainDays() <= pair.without.telemetry().retainDays());
        assertTrue(pair.with
                .telemetry()
                .redact()
                .containsAll(pair.without.telemetry().redact()));
    }

    @Property(tries = 400)
    void neverLetsAgentsDoMore(@ForAll("policies") String policy, @ForAll("tightenings") String tightening) {
        Pair pair = resolve(policy, tightening);
        AgentsOrder.assertNotWider(pair.with.agents(), pair.without.agents());
    }

    /** What one tightening denies, another that names it does not allow; and their names do not matter. */
    @Property(tries = 400)
    void neverLetsAgentsDoMoreBesideAnother(
            @ForAll("policies") String policy,
            @ForAll("tightenings") String tightening,
            @ForAll("tightenings") String another) {
        String other = another.replace("\"name\": \"arbitrary\"", "\"name\": \"other\"");
        Agents both = Documents.resolve("arbitrary", policy, tightening, other)
                .policy()
                .agents();
        AgentsOrder.assertNotWider(both, resolve(policy, tightening).with.agents());
        AgentsOrder.assertNotWider(both, resolve(policy, other).with.agents());
        String before = another.replace("\"name\": \"arbitrary\"", "\"name\": \"aaa\"");
        Agents turned = Documents.resolve("arbitrary", policy, before, tightening)
                .policy()
                .agents();
        AgentsOrder.assertNotWider(turned, both);
        AgentsOrder.assertNotWider(both, turned);
    }

    private record Pair(ResolvedPolicy without, ResolvedPolicy with) {}

    private static Pair resolve(String policy, String tightening) {
        return new Pair(
                Documents.resolve("arbitrary", policy).policy(),
                Documents.resolve("arbitrary", policy, tightening).policy());
    }

    @Provide
    Arbitrary<String> policies() {
        return Combinators.combine(
                        body(
                                Arbitraries.of("enforce", "audit"),
                                Arbitraries.of("allow", "prompt", "deny"),
                                ArbitraryAgents.ofPolicies(),
                                1.0),
                        Arbitraries.of(true, false))
                .as((body, debugging) -> "{\"apiVersion\": \"cordon.io/v1\", \"kind\": \"SandboxPolicy\","
                        + " \"metadata\": {\"name\": \"arbitrary\"}, \"spec\": {"
                        + body.replace("\"DEBUG\"", String.valueOf(debugging)) + "}}");
    }

    @Provide
    Arbitrary<String> tightenings() {
        return body(Arbitraries.just("enforce"), Arbitraries.of("prompt", "deny"), ArbitraryAgents.ofTightenings(), 0.5)
                .map(body -> "{\"apiVersion\": \"cordon.io/v1\", \"kind\": \"Tightening\","
                        + " \"metadata\": {\"name\": \"arbitrary\"}, \"spec\": {\"appliesTo\": {}, "
                        + body.replace("\"DEBUG\"", "false").replaceFirst(", \"set\": \\{}", "") + "}}");
    }

    /** The sections that a policy and a tightening share; what the latter may leave out is left out sometimes. */
    private static Arbitrary<String> body(
            Arbitrary<String> mode, Arbitrary<String> ruleDecision, Arbitrary<String> agents, double present) {
        Arbitrary<String> decision = Arbitraries.of("allow", "prompt", "deny");
        Arbitrary<String> filesystem = Combinators.combine(list(PATHS), list(PATHS), list(PROTECTED))
                .as((deny, roots, protect) -> "\"filesystem\": {\"read\": {\"deny\": " + deny
                        + "}, \"write\": {\"roots\": " + roots + ", \"protect\": " + protect + "}}");
        Arbitrary<String> network = Combinators.combine(
                        Arbitraries.of("offline", "proxy", "online"), hostRules(), hostRules(), portList())
                .as((netMode, allow, deny, ports) -> "\"network\": {\"mode\": \"" + netMode + "\", \"allow\": " + allow
                        + ", \"deny\": " + deny + ", \"loopback\": {\"ports\": " + ports + "}}");
        Arbitrary<String> process = Combinators.combine(
                        Arbitraries.integers().between(16, 5000), list(NAMES), list(NAMES))
                .as((limit, pass, withhold) -> "\"process\": {\"limits\": {\"processes\": " + limit
                        + ", \"memoryMiB\": "
                        + (limit * 7 % 5000 + 16) + ", \"wallClockSeconds\": " + (limit * 3 % 999 + 1)
                        + ", \"openFiles\": " + (limit * 5 % 999 + 16) + "}, \"environment\": {\"pass\": " + pass
                        + ", \"withhold\": " + withhold + "}, \"debugging\": \"DEBUG\"}");
        Arbitrary<String> commands = Combinators.combine(decision, decision, rules(ruleDecision))
                .as((fallback, unknown, rules) -> "\"commands\": {\"default\": \"" + fallback + "\", \"unknown\": \""
                        + unknown + "\", \"rules\": " + rules + "}");
        Arbitrary<String> telemetry = Combinators.combine(
                        Arbitraries.of("full", "redacted", "hashed", "none"),
                        Arbitraries.integers().between(1, 99))
                .as((arguments, days) -> "\"telemetry\": {\"arguments\": \"" + arguments + "\", \"redact\": [\"x" + days
                        + "\"], \"retainDays\": " + days + "}");
        return Combinators.combine(
                        mode.map(word -> "\"mode\": \"" + word + "\""),
                        sometimes(filesystem, present),
                        sometimes(network, present),
                        sometimes(process, present),
                        sometimes(commands, present),
                        agents.map(section -> ", \"agents\": " + section),
                        sometimes(telemetry, present))
                .as((a, b, c, d, e, f, g) -> a + b + c + d + e + f + g);
    }

    private static Arbitrary<String> sometimes(Arbitrary<String> section, double present) {
        Arbitrary<String> written = section.map(text -> ", " + text);
        return present >= 1 ? written : Arbitraries.oneOf(written, Arbitraries.just(""));
    }

    private static Arbitrary<String> list(List<String> values) {
        return Arbitraries.of(values)
                .map(value -> "\"" + value + "\"")
                .list()
                .ofMaxSize(3)
                .uniqueElements()
                .map(List::toString);
    }

    private static Arbitrary<String> portList() {
        return Arbitraries.of(22, 80, 443, 9999)
                .list()
                .ofMaxSize(3)
                .uniqueElements()
                .map(List::toString);
    }

    private static Arbitrary<String> hostRules() {
        return Combinators.combine(
                        Arbitraries.of(HOSTS),
                        portList(),
                        Arbitraries.of("", ", \"methods\": [\"GET\"]", ", \"methods\": [\"GET\", \"PUT\"]"))
                .as((host, ports, methods) -> "{\"host\": \"" + host + "\", \"ports\": " + ports + methods + "}")
                .list()
                .ofMaxSize(3)
                .uniqueElements()
                .map(List::toString);
    }

    private static Arbitrary<String> rules(Arbitrary<String> decision) {
        Arbitrary<String> rule = Combinators.combine(
                        Arbitraries.of("git", "npm", "sh", "env", "sudo"),
                        Arbitraries.of("", ", \"push\"", ", \"status\""),
                        Arbitraries.of("", ", \"anyOf\": [\"-f\", \"--force\"]", ", \"noneOf\": [\"-f\"]"),
                        decision)
                .as((name, word, flags, verdict) -> {
                    String example = name
                            + (word.isEmpty() ? "" : " " + word.substring(3, word.length() - 1))
                            + (flags.contains("anyOf") ? " -f" : "");
                    return "{\"id\": \"ID\", \"match\": {\"argv\": [\"" + name + "\"" + word + "]" + flags
                            + "}, \"decision\": \"" + verdict
                            + "\", \"reason\": \"r\", \"examples\": {\"match\": [\"" + example + "\"]}}";
                });
        return rule.list().ofMaxSize(4).map(all -> {
            StringBuilder text = new StringBuilder("[");
            for (int i = 0; i < all.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(all.get(i).replace("\"ID\"", "\"rule-" + i + "\""));
            }
            return text.append(']').toString();
        });
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> start = Arbitraries.of("npm", "git push", "git status", "env npm", "");
        Arbitrary<List<String>> rest = Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(5);
        return Combinators.combine(start, rest).as((first, more) -> {
            List<String> words = new ArrayList<>(first.isEmpty() ? List.of() : List.of(first.split(" ")));
            words.addAll(more);
            return words;
        });
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("~", "~/.ssh/id", "/home/dev/project", "/home/dev", "/tmp", "/etc", "src", ".git", "/")
                .flatMap(start -> Arbitraries.of(
                                "", "/hooks", "/x", "/.git/hooks/a", "/../.aws", "/src/.claude", "/a/b/c")
                        .map(end -> start + end));
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.of(
                "a.example.com",
                "b.a.example.com",
                "example.com",
                "localhost",
                "127.0.0.1",
                "::ffff:127.0.0.1",
                "10.0.0.1",
                "[::1]",
                "other.org",
                "A.EXAMPLE.com.");
    }

    @Provide
    Arbitrary<Integer> ports() {
        return Arbitraries.of(22, 80, 443, 9999);
    }
}
