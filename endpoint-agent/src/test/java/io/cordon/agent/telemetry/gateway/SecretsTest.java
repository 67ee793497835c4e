package io.cordon.agent.telemetry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No secret that was put somewhere into an export is anywhere in what is stored. */
class SecretsTest {
    private static final String ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** A secret, and the text it stands in. */
    record Seed(String secret, String text) {}

    private static Arbitrary<String> random(String prefix, int length) {
        return Arbitraries.strings()
                .withChars(ALNUM.toCharArray())
                .ofLength(length)
                .filter(each -> each.chars().distinct().count() * 2 > length)
                .map(each -> prefix + each);
    }

    @Provide
    Arbitrary<Seed> seeds() {
        Arbitrary<String> tokens = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".toCharArray())
                        .ofLength(16)
                        .map(each -> "AKIA" + each),
                random("ghp_", 36),
                random("github_pat_", 40),
                random("glpat-", 20),
                random("npm_", 36),
                random("sk-ant-", 40),
                random("xoxb-", 24),
                random("hf_", 34),
                random("pypi-", 40),
                random("sk_live_", 24));
        Arbitrary<String> passwords = random("", 12);
        Arbitrary<Seed> bare = Combinators.combine(
                        tokens,
                        Arbitraries.of(
                                "curl -H 'X: %s' https://example.com",
                                "the key is %s, keep it",
                                "export A=%s",
                                "{\"cmd\": \"login --with %s\"}",
                                "line one\n%s\nline three"))
                .as((secret, text) -> new Seed(secret, text.formatted(secret)));
        Arbitrary<Seed> named = Combinators.combine(
                        passwords,
                        Arbitraries.of(
                                "DB_PASSWORD=%s ./run",
                                "{\"password\": \"%s\"}",
                                "{\"cmd\": \"echo '{\\\"api_key\\\": \\\"%s\\\"}'\"}",
                                "psql postgres://ada:%s@db.example.com/shop",
                                "Authorization: Bearer %s",
                                "aws_secret_access_key = %s",
                                "Cookie: session=%s"))
                .as((secret, text) -> new Seed(secret, text.formatted(secret)));
        return Arbitraries.oneOf(bare, named);
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(
                "arguments", "output", "prompt", "error.message", "endpoint", "something.new", "decision");
    }

    private static String stored(String key, String text) {
        GatewayRig rig = new GatewayRig();
        rig.take(new Export.Logs(ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder()
                                        .addAttributes(attribute("event.name", "codex.tool_result"))
                                        .addAttributes(attribute("conversation.id", "c"))
                                        .addAttributes(attribute(key, text)))))
                .build()));
        List<GatewayRig.Stored> events = rig.events();
        assertEquals(1, events.size());
        return events.toString();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    @Property(tries = 500)
    void noSeededSecretSurvives(@ForAll("seeds") Seed seed, @ForAll("places") String place) {
        String stored = stored(place, seed.text());
        assertFalse(stored.contains(seed.secret()), stored);
        assertTrue(stored.contains("[redacted:"), stored);
    }

    @Property(tries = 200)
    void whatIsRandomIsTakenForAKey(@ForAll("randomTexts") String secret) {
        assertFalse(stored("output", "value " + secret + " end").contains(secret));
    }

    @Provide
    Arbitrary<String> randomTexts() {
        return random("", 40)
                .filter(each -> each.chars().distinct().count() > 24
                        && each.chars().filter(Character::isDigit).count() >= 2
                        && each.chars().anyMatch(Character::isUpperCase)
                        && each.chars().anyMatch(Character::isLowerCase));
    }

    @Property(tries = 50)
    void equalSecretsStillMatchWhereverTheyAre(@ForAll("randomTexts") String secret) {
        assertEquals(mask(stored("output", "ghp_" + secret)), mask(stored("prompt", "token: ghp_" + secret + " ")));
    }

    private static String mask(String stored) {
        int start = stored.indexOf("[redacted:");
        return stored.substring(start, stored.indexOf(']', start));
    }

    @Example
    void whatIsNoSecretStays() {
        for (String text : List.of(
                "git checkout 3f786850e387550fdab836ed7e6dc881de23001b",
                "01a2088b-5123-7d20-b293-340809022097",
                "/home/ada/Projects/shop/src/main/java/com/example/Cart.java",
                "node --test 2>&1 | tail -20",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")) {
            assertTrue(stored("output", text).contains(text), text);
        }
    }
}
