package io.cordon.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.Documents;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostEvaluationTest {

    private static final ResolvedPolicy POLICY = Documents.resolve(
                    "small",
                    Documents.policy("allow", "")
                            .replace("bad.example.com\"", "bad.example.com\"}, {host: \"169.254.169.254\"")
                            .replace("[{host: \"*.example.com\"", "[{host: 2001:db8::1}, {host: \"*.example.com\""))
            .policy();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example.com            | 443  | host-allow:*.example.com:443",
                "A.Example.COM.           | 443  | host-allow:*.example.com:443",
                "a.b.example.com          | 443  | host-allow:*.example.com:443",
                "example.com              | 443  | host-not-allowed",
                "a.example.com            | 80   | host-not-allowed",
                "a.example.com.evil.org   | 443  | host-not-allowed",
                "aexample.com             | 443  | host-not-allowed",
                "bad.example.com          | 443  | host-deny:bad.example.com",
                "BAD.example.com.         | 443  | host-deny:bad.example.com",
                "::ffff:169.254.169.254   | 80   | host-deny:169.254.169.254",
                "[::ffff:a9fe:a9fe]       | 80   | host-deny:169.254.169.254",
                "2001:DB8:0::0001         | 1    | host-allow:2001:db8:0:0:0:0:0:1",
                "2001:db8::2              | 1    | host-not-allowed",
                "localhost                | 9999 | loopback:9999",
                "127.0.0.2                | 5432 | loopback:5432",
                "::1                      | 9999 | loopback:9999",
                "0.0.0.0                  | 9999 | loopback:9999",
                "localhost                | 22   | host-not-allowed",
                "0x7f.0.0.1               | 80   | invalid-host",
                "2130706433               | 80   | invalid-host",
                "0x7f000001               | 80   | invalid-host",
                "127.1                    | 80   | invalid-host",
                "0177.0.0.1               | 80   | invalid-host",
                "bücher.example.com       | 443  | invalid-host",
                "a。example.com           | 443  | invalid-host",
                "a..example.com           | 443  | invalid-host",
                "a.example.com:443        | 443  | invalid-host",
                "https://a.example.com    | 443  | invalid-host",
                "fe80::1%eth0             | 443  | invalid-host",
                "a.example.com            | 0    | invalid-host",
                "a.example.com            | 65536| invalid-host",
            })
    void throughTheProxy(String host, int port, String rule) {
        HostDecision decision = Evaluator.hostIn(POLICY, NetworkMode.PROXY, host, port);
        assertEquals(rule, decision.rule());
    }

    private static final ResolvedPolicy BY_METHOD = Documents.resolve(
                    "small",
                    Documents.policy("allow", "")
                            .replace(
                                    "[{host: \"*.example.com\", ports: [443]}]",
                                    "[{host: api.example.com, methods: [GET, HEAD]}, {host: \"*\", ports: [80]}]")
                            .replace("{host: \"bad.example.com\"}", "{host: up.example.com, methods: [PUT]}"))
            .policy();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example.com | 8080 | GET    | host-allow:api.example.com GET,HEAD",
                "api.example.com | 8080 | POST   | method-not-allowed:api.example.com GET,HEAD",
                "api.example.com | 8080 | get    | method-not-allowed:api.example.com GET,HEAD",
                "api.example.com | 80   | POST   | host-allow:*:80",
                "up.example.com  | 80   | PUT    | host-deny:up.example.com PUT",
                "up.example.com  | 80   | GET    | host-allow:*:80",
                "10.1.2.3        | 80   | GET    | host-not-allowed",
            })
    void plainHttpIsDecidedWithItsMethod(String host, int port, String method, String rule) {
        assertEquals(rule, Evaluator.request(BY_METHOD, host, port, method).rule());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example.com | 443 | method-not-allowed:api.example.com GET,HEAD",
                "api.example.com | 80  | host-allow:*:80",
                "up.example.com  | 80  | host-deny:up.example.com PUT",
            })
    void whereTheMethodCannotBeSeenRulesWithMethodsNeverAllowAndAlwaysDeny(String host, int port, String rule) {
        assertEquals(rule, Evaluator.host(BY_METHOD, host, port).rule());
    }

    @Test
    void offlineOnlyTheNamedLoopbackPortsStay() {
        assertEquals(
                "loopback:9999",
                Evaluator.hostIn(POLICY, NetworkMode.OFFLINE, "127.0.0.1", 9999).rule());
        assertEquals(
                "network-offline",
                Evaluator.hostIn(POLICY, NetworkMode.OFFLINE, "127.0.0.1", 80).rule());
        assertEquals(
                "network-offline",
                Evaluator.hostIn(POLICY, NetworkMode.OFFLINE, "a.example.com", 443)
                        .rule());
        assertEquals(
                "The policy asks for the egress proxy, which does not run on this endpoint: it is offline.",
                Evaluator.hostIn(POLICY, NetworkMode.OFFLINE, "a.example.com", 443)
                        .reason());
        assertEquals(
                "network-offline",
                Evaluator.hostIn(POLICY, NetworkMode.OFFLINE, "10.0.0.1", 9999).rule());
    }

    @Test
    void onlineLeavesTheHostsNetworkButForWhatIsDenied() {
        assertEquals(
                "network-online",
                Evaluator.hostIn(POLICY, NetworkMode.ONLINE, "other.org", 22).rule());
        assertEquals(
                "host-deny:bad.example.com",
                Evaluator.hostIn(POLICY, NetworkMode.ONLINE, "bad.example.com", 22)
                        .rule());
    }
}
