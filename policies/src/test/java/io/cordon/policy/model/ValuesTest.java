package io.cordon.policy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, ab, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "*a*b*, xaxb, true",
        "'', '', true",
        "'', a, false",
        "a.c, abc, false",
        "*.x, .x, true",
    })
    void globs(String glob, String text, boolean expected) {
        assertEquals(expected, Glob.matches(glob, text));
    }

    @Test
    void globsTakeLinearTime() {
        assertFalse(Glob.matches("*a".repeat(200) + "b", "a".repeat(20_000)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "${workspace}, ${workspace}/a, ${workspace}/a",
                "~/a, ~/b, -",
                "~/a, /home/x/a, -",
                "~/*/x, ~/a, ~/a/x",
                "~/a*, ~/ab, ~/ab",
                "~/a*, ~/*b, -",
                "/, /etc, /etc",
                "/, /, /",
                "~, ~, ~",
            })
    void pathPatternsIntersect(String a, String b, String expected) {
        PathPattern both = new PathPattern(a).intersect(new PathPattern(b));
        PathPattern mirrored = new PathPattern(b).intersect(new PathPattern(a));
        assertEquals(expected, both == null ? null : both.value());
        assertEquals(both, mirrored);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "*, *.x.com, *.x.com",
                "*.x.com, *.a.x.com, *.a.x.com",
                "*.x.com, a.x.com, a.x.com",
                "*.x.com, x.com, -",
                "*.x.com, *.y.com, -",
                "127.0.0.1, *.0.0.1x, -",
                "*, 10.0.0.1, -",
            })
    void hostPatternsIntersect(String a, String b, String expected) {
        HostPattern both = new HostPattern(a).intersect(new HostPattern(b));
        assertEquals(expected, both == null ? null : both.value());
        assertEquals(both, new HostPattern(b).intersect(new HostPattern(a)));
    }

    @Test
    void hostRulesIntersectTheirPorts() {
        HostRule all = new HostRule(new HostPattern("*"), List.of());
        HostRule some = new HostRule(new HostPattern("a.b"), List.of(80, 443));
        HostRule other = new HostRule(new HostPattern("*.b"), List.of(443, 22));
        assertEquals(some, all.intersect(some));
        assertEquals(new HostRule(new HostPattern("a.b"), List.of(443)), some.intersect(other));
        assertEquals(null, some.intersect(new HostRule(new HostPattern("*.b"), List.of(22))));
        assertThrows(IllegalArgumentException.class, () -> new HostRule(new HostPattern("a"), List.of(0)));
        assertEquals(null, all.intersect(new HostRule(new HostPattern("10.0.0.1"), List.of())));
        HostRule reading = new HostRule(new HostPattern("a.b"), List.of(), List.of("HEAD", "GET"));
        assertEquals(reading, all.intersect(reading));
        assertEquals(
                new HostRule(new HostPattern("a.b"), List.of(80, 443), List.of("GET")),
                some.intersect(new HostRule(new HostPattern("*"), List.of(), List.of("GET"))));
        assertEquals(null, reading.intersect(new HostRule(new HostPattern("a.b"), List.of(), List.of("PUT"))));
        assertThrows(
                IllegalArgumentException.class, () -> new HostRule(new HostPattern("a"), List.of(), List.of("get")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1.2.3.4, 1.2.3.4",
                "01.2.3.4, -",
                "256.1.1.1, -",
                "1.2.3, -",
                "1.2.3.4., -",
                "::, 0:0:0:0:0:0:0:0",
                "::1, 0:0:0:0:0:0:0:1",
                "1::, 1:0:0:0:0:0:0:0",
                "::ffff:1.2.3.4, 1.2.3.4",
                "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7, -",
                "1::2::3, -",
                "1:2:3:4:5:6:7:8::, -",
                "64:ff9b::1.2.3.4, 64:ff9b:0:0:0:0:102:304",
                "12345::, -",
                ":::, -",
                "::g, -",
            })
    void addressesHaveOneForm(String text, String expected) {
        assertEquals(expected, IpAddress.parse(text).map(IpAddress::text).orElse(null));
    }

    @Test
    void withholdWinsOverPassAndSetComesLast() {
        EnvironmentRules rules = new EnvironmentRules(
                List.of(new NamePattern("*")), List.of(new NamePattern("*_TOKEN")), Map.of("A", "set"));
        assertEquals(
                Map.of("A", "set", "PATH", "p"), rules.apply(Map.of("PATH", "p", "GH_TOKEN", "secret", "A", "caller")));
    }

    @Test
    void decisionsAndModesAreOrdered() {
        assertEquals(Decision.DENY, Decision.PROMPT.strictest(Decision.DENY));
        assertEquals(Decision.PROMPT, Decision.PROMPT.strictest(Decision.ALLOW));
        assertTrue(Decision.ALLOW.isMorePermissiveThan(Decision.PROMPT));
        assertEquals(NetworkMode.PROXY, NetworkMode.PROXY.narrowest(NetworkMode.ONLINE));
        assertThrows(IllegalArgumentException.class, () -> Decision.ofWord("Allow"));
    }

    @Test
    void limitsAndNamesCheckThemselves() {
        assertThrows(IllegalArgumentException.class, () -> new Limits(0, 100, 100, 100));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 100, 604_801, 100));
        assertThrows(IllegalArgumentException.class, () -> new PolicyName("Upper"));
        assertThrows(IllegalArgumentException.class, () -> new PolicyName("a".repeat(64)));
        assertNotNull(new PolicyName("a".repeat(63)));
    }
}
