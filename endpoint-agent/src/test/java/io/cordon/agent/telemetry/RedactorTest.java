package io.cordon.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.Telemetry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final byte[] KEY = new byte[32];

    private static Redactor redactor(ArgumentCapture capture, String... patterns) {
        return new Redactor(
                new Telemetry(
                        capture,
                        List.of(patterns).stream().map(RedactionPattern::new).toList(),
                        30),
                KEY);
    }

    private static List<String> kept(ArgumentCapture capture, String... argv) {
        return redactor(capture).arguments(List.of(argv)).values();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPLE",
                "ghp_0123456789abcdefghijABCDEFGHIJ456789",
                "Authorization: Bearer abcdef0123456789",
                "https://ada:s3cr3tpass@example.com/repo.git",
                "--password=hunter2hunter2",
                "DB_PASSWORD=hunter2hunter2",
                "{\"api_key\": \"hunter2hunter2\"}",
                "sk-proj-abcdefghijklmnop",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0aaaa.c2lnbmF0dXJl",
            })
    void knownSecretsAreTakenOut(String argument) {
        String stored = kept(ArgumentCapture.REDACTED, "curl", argument).get(1);
        for (String secret : List.of(
                "AKIAIOSFODNN7EXAMPLE", "0123456789", "s3cr3tpass", "hunter2", "abcdefghijklmnop", "c2lnbmF0dXJl")) {
            assertFalse(stored.contains(secret), stored);
        }
        assertTrue(stored.contains("[redacted:"), stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"p&hunter2'hunter2\"}",
                "{\"password\": \"correct horse hunter2\", \"user\": \"ada\"}",
                "{\"password\":\"a\\\"hunter2\",\"user\":\"ada\"}",
                "DB_PASSWORD='x hunter2 & hunter2' ./run as ada",
                "--password=\"x hunter2\" --user ada",
                "{\"command\":\"TOKEN=\\\"x hunter2\\\" login ada\"}",
            })
    void aQuotedSecretIsTakenOutWhole(String argument) {
        String stored = kept(ArgumentCapture.REDACTED, "x", argument).get(1);
        assertFalse(stored.contains("hunter2"), stored);
        assertEquals(argument.contains("ada"), stored.contains("ada"), stored);
    }

    @Test
    void valueAfterASecretOptionIsTakenOut() {
        List<String> stored = kept(ArgumentCapture.REDACTED, "tool", "--token", "abc", "run");
        assertEquals("--token", stored.get(1));
        assertTrue(stored.get(2).startsWith("[redacted:"));
        assertEquals("run", stored.get(3));
    }

    @Test
    void equalValuesMatchAndDifferentOnesDoNot() {
        List<String> stored =
                kept(ArgumentCapture.REDACTED, "x", "--token=aaaaaaaa", "--token=aaaaaaaa", "--token=bbbbbbbb");
        assertEquals(stored.get(1), stored.get(2));
        assertNotEquals(stored.get(1), stored.get(3));
    }

    @Test
    void harmlessArgumentsStayAsTheyAre() {
        List<String> argv = List.of("git", "commit", "-m", "Fix the tokenizer and the password form", "src/secret.c");
        assertEquals(argv, kept(ArgumentCapture.REDACTED, argv.toArray(String[]::new)));
    }

    @Test
    void policyPatternsAreApplied() {
        Redactor redactor = redactor(ArgumentCapture.REDACTED, "CUST-[0-9]{4}");
        String stored =
                redactor.arguments(List.of("x", "for CUST-1234.")).values().get(1);
        assertTrue(stored.startsWith("for [redacted:") && stored.endsWith("]."), stored);
    }

    @Test
    void hashedKeepsOnlyTheCommand() {
        List<String> stored = kept(ArgumentCapture.HASHED, "git", "push", "push");
        assertEquals("git", stored.get(0));
        assertTrue(stored.get(1).startsWith("hmac:"));
        assertEquals(stored.get(1), stored.get(2));
    }

    @Test
    void noneKeepsTheCommandAlone() {
        assertEquals(List.of("git"), kept(ArgumentCapture.NONE, "git", "push"));
    }

    @Test
    void fullKeepsEverything() {
        assertEquals(
                List.of("curl", "--password=hunter2hunter2"),
                kept(ArgumentCapture.FULL, "curl", "--password=hunter2hunter2"));
    }

    @Test
    void longArgumentsAreCutAndSaidToBe() {
        Redactor.Arguments stored = redactor(ArgumentCapture.REDACTED).arguments(List.of("x", "y".repeat(100_000)));
        assertTrue(stored.truncated());
        assertEquals(Redactor.MAX_ARGUMENT, stored.values().get(1).length());
    }
}
