package io.cordon.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.Telemetry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentRecordTest {

    private static final List<String> ARGV = List.of("curl", "-H", "token=abc def", "x");

    @Test
    void keepsWhatThePolicyLetsBeKept() {
        assertEquals(ARGV, kept(ArgumentCapture.FULL));
        assertEquals(List.of("curl", "-H", "[redacted] def", "x"), kept(ArgumentCapture.REDACTED));
        assertEquals(List.of("curl"), kept(ArgumentCapture.NONE));
        assertEquals(
                "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
                kept(ArgumentCapture.HASHED).get(3));
        assertEquals(List.of(), ArgumentRecord.of(telemetry(ArgumentCapture.FULL, "x"), List.of()));
    }

    @Test
    void anExpressionThatTakesTooLongRedactsTheWholeArgument() {
        List<String> argv = List.of("echo", "a".repeat(20_000));
        assertEquals(
                List.of("echo", "[redacted]"), ArgumentRecord.of(telemetry(ArgumentCapture.REDACTED, "a*a*a*b"), argv));
    }

    private static List<String> kept(ArgumentCapture capture) {
        return ArgumentRecord.of(telemetry(capture, "token=\\S+"), ARGV);
    }

    private static Telemetry telemetry(ArgumentCapture capture, String pattern) {
        return new Telemetry(capture, List.of(new RedactionPattern(pattern)), 30);
    }
}
