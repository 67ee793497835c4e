package io.cordon.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void readsWhatItWrites() {
        TraceParent parent = new TraceParent(TRACE, SPAN);
        assertEquals(Optional.of(parent), TraceParent.parse(parent.header()));
    }

    @Test
    void readsALaterVersionWithMoreInIt() {
        assertTrue(
                TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what-comes").isPresent());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
            })
    void ignoresWhatTheSpecificationSaysToIgnore(String header) {
        assertTrue(TraceParent.parse(header).isEmpty());
    }
}
