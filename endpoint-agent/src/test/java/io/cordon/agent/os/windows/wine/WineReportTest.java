package io.cordon.agent.os.windows.wine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class WineReportTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final WineReport report = new WineReport(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void namesWhatIsNotShownWithItsReason() {
        assertTrue(run(Honest.class));
        assertEquals(
                List.of(
                        "wine: 1 passed, 1 not shown",
                        "not shown under Wine: WineReportTest$Honest.filter: Wine drops no packet"
                                + " (java.io.IOException: the packet got through)"),
                lines().stream().skip(2).toList());
    }

    @Test
    void failsWhenWineShowsWhatIsListedAsNotShown() {
        assertFalse(run(Rotten.class));
        assertTrue(lines().contains("wine: FAILED WineReportTest$Rotten.works: listed as not shown under Wine, and Wine"
                + " shows it (expected: @Tag(\"wine\"))"));
    }

    @Test
    void failsWhenATestFailsIsSkippedOrCannotBeTried() {
        assertFalse(run(Broken.class));
        assertTrue(
                lines().contains("wine: FAILED WineReportTest$Broken.fails: java.lang.IllegalStateException: no pipe"));
        assertTrue(lines().contains("wine: FAILED WineReportTest$Broken.skipped: skipped: not today"));
        assertTrue(lines().contains("wine: FAILED WineReportTest$Broken.unlinked: does not try what it is about:"
                + " java.lang.NoClassDefFoundError: Gone"));
        assertTrue(lines().contains("wine: 1 passed, 0 not shown"));
    }

    @Test
    void failsWhenThereIsNoTest() {
        assertFalse(run(Object.class));
        assertTrue(lines().contains("wine: 0 passed, 0 not shown"));
    }

    private boolean run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, report);
        return report.conclude();
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    // The subjects are tagged, so that no run but the ones above takes them for tests of Cordon.

    @Tag(WineTests.SUBJECT)
    static class Honest {
        @Test
        void passes() {
            assertTrue(true);
        }

        @NotShownUnderWine("Wine drops no packet")
        void filter() throws Exception {
            throw new java.io.IOException("the packet got through");
        }
    }

    @Tag(WineTests.SUBJECT)
    static class Rotten {
        @Test
        void passes() {
            assertTrue(true);
        }

        @NotShownUnderWine("Wine drops no packet")
        void works() {
            assertTrue(true);
        }
    }

    @Tag(WineTests.SUBJECT)
    static class Broken {
        @Test
        void passes() {
            assertTrue(true);
        }

        @Test
        void fails() {
            throw new IllegalStateException("no pipe");
        }

        @Test
        @Disabled("not today")
        void skipped() {
            throw new AssertionError("not skipped");
        }

        @NotShownUnderWine("Wine has no such class")
        void unlinked() {
            throw new NoClassDefFoundError("Gone");
        }
    }
}
