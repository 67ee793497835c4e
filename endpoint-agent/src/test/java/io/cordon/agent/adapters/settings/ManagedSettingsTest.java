package io.cordon.agent.adapters.settings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.agent.os.Custody;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.linux.PosixCustody;
import io.cordon.agent.testing.MutableClock;
import io.cordon.policy.baseline.Baseline;
import io.cordon.policy.document.Digest;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files of one agent, below a folder that stands for the root of a machine. Needs root, as the agent does. */
class ManagedSettingsTest {
    private static final String FIRST = "/etc/vendor/settings";
    private static final String SECOND = "/etc/vendor/rules/cordon.rules";
    private static final ResolvedPolicy MANAGED = AgentPolicies.agents("{codex: {}}");
    private static final ResolvedPolicy UNMANAGED = AgentPolicies.agents("{}");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final List<String> content = new ArrayList<>(List.of("one\n", "two\n"));
    private ResolvedPolicy policy = MANAGED;
    private Path root;
    private Path first;
    private Path second;
    private Ledger ledger;
    private ManagedSettings settings;

    /** Renders what the test says, or fails. */
    private final class Vendor implements SettingsRenderer {
        @Override
        public CodingAgent agent() {
            return CodingAgent.CODEX;
        }

        @Override
        public Rendered render(ResolvedPolicy given, Surroundings surroundings) {
            if (content.isEmpty()) {
                throw new IllegalStateException("no words for it");
            }
            List<File> files = new ArrayList<>(List.of(new File(FIRST, content.get(0))));
            if (content.size() > 1) {
                files.add(new File(SECOND, content.get(1)));
            }
            return new Rendered(files, List.of("it cannot fly"));
        }
    }

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(root.resolve("etc"));
        first = root.resolve(FIRST.substring(1));
        second = root.resolve(SECOND.substring(1));
        Files.createDirectory(folder.resolve("ledger"));
        open(new PosixCustody());
    }

    @AfterEach
    void stop() throws IOException {
        ledger.close();
    }

    /** As after a start of the agent: only the ledger is known. */
    private void open(Custody custody) throws IOException {
        ledger = Ledger.open(folder.resolve("ledger"));
        settings = new ManagedSettings(new ManagedSettings.Parts(
                List.of(new Vendor()),
                List.of(),
                new Place(root),
                custody,
                ledger,
                () -> policy,
                () -> AgentPolicies.LINUX,
                text -> text.replace("hunter2", "[redacted]"),
                clock));
    }

    private void restart() throws IOException {
        ledger.close();
        open(new PosixCustody());
    }

    private void change(String... fresh) {
        content.clear();
        content.addAll(List.of(fresh));
        policy = AgentPolicies.agents("{codex: {}}");
    }

    private List<SettingsReport.Drift> drifts() {
        return settings.reports().get(0).drifts();
    }

    private static void assertHolds(String text, Path file) throws IOException {
        assertEquals(text, Files.readString(file));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(0, Files.getAttribute(file, "unix:uid"));
    }

    @Test
    void writesWhatThePolicyWantsAndReportsIt() throws IOException {
        settings.tick();
        assertHolds("one\n", first);
        assertHolds("two\n", second);
        assertNull(settings.problem());
        SettingsReport report = settings.reports().get(0);
        assertEquals(CodingAgent.CODEX, report.agent());
        assertEquals(List.of("it cannot fly"), report.limits());
        assertEquals(List.of(), report.drifts());
        assertEquals(
                List.of(
                        new SettingsReport.FileState(first.toString(), digest("one\n"), ""),
                        new SettingsReport.FileState(second.toString(), digest("two\n"), "")),
                report.files());
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(second.getParent())));
        try (Stream<Path> left = Files.list(first.getParent())) {
            assertEquals(2, left.count(), "nothing but the file and the folder");
        }
    }

    @Test
    void leavesAloneWhatIsRight() throws IOException {
        settings.tick();
        Object inode = Files.getAttribute(first, "unix:ino");
        settings.tick();
        restart();
        settings.tick();
        assertEquals(inode, Files.getAttribute(first, "unix:ino"));
        assertEquals(List.of(), drifts());
    }

    @Test
    void givesBackWhatStoodThereWithItsOwnerAndMode() throws IOException {
        before("theirs\n");
        Files.setPosixFilePermissions(first, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(first, "unix:uid", 12_345);
        settings.tick();
        assertHolds("one\n", first);
        restart();
        policy = UNMANAGED;
        settings.tick();
        assertEquals("theirs\n", Files.readString(first));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(first)));
        assertEquals(12_345, Files.getAttribute(first, "unix:uid"));
        assertFalse(Files.exists(second));
        assertFalse(Files.exists(second.getParent()), "a folder that Cordon made goes");
        assertTrue(Files.exists(first.getParent()), "one that was there stays");
        assertEquals(List.of(), settings.reports());
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void removalGivesEverythingBackAndASecondOneIsHarmless() throws IOException {
        before("theirs\n");
        settings.tick();
        Restoration.Report report = new Restoration(ledger, new PosixCustody()).all();
        assertEquals(List.of(second.toString(), first.toString()), report.undone());
        assertEquals(List.of(), report.kept());
        assertEquals("theirs\n", Files.readString(first));
        assertFalse(Files.exists(second));
        assertEquals(List.of(), ledger.open());
        assertEquals(
                List.of(), new Restoration(ledger, new PosixCustody()).all().undone());
    }

    @Test
    void aFolderThatSomebodyUsesStays() throws IOException {
        settings.tick();
        Files.writeString(second.resolveSibling("own.rules"), "x");
        policy = UNMANAGED;
        settings.tick();
        assertFalse(Files.exists(second));
        assertTrue(Files.exists(second.resolveSibling("own.rules")));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void putsBackWhatSomebodyChangedAndSaysWhatItWas() throws IOException {
        settings.tick();
        clock.advance(Duration.ofMinutes(5));
        Files.writeString(first, "one\npassword=hunter2\n");
        settings.tick();
        assertHolds("one\n", first);
        SettingsReport.Drift drift = drifts().get(0);
        assertEquals(first.toString(), drift.path());
        assertEquals(Instant.parse("2026-11-26T10:05:00Z"), drift.at());
        assertTrue(drift.diff().contains("\n-password=[redacted]"), drift.diff());
        assertFalse(drift.diff().contains("hunter2"));
        settings.tick();
        assertEquals(1, drifts().size(), "one change is one drift");
        assertNull(settings.problem());
    }

    @Test
    void noticesAChangeThatWasMadeWhileItDidNotRun() throws IOException {
        settings.tick();
        Files.writeString(first, "else\n");
        restart();
        settings.tick();
        assertHolds("one\n", first);
        assertEquals(1, drifts().size());
    }

    @Test
    void aRemovedFileComesBack() throws IOException {
        settings.tick();
        Files.delete(first);
        Files.delete(second);
        Files.delete(second.getParent());
        settings.tick();
        assertHolds("one\n", first);
        assertHolds("two\n", second);
        assertEquals(2, drifts().size());
    }

    @Test
    void aChangedOwnerOrModeIsPutBack() throws IOException {
        settings.tick();
        Files.setPosixFilePermissions(first, PosixFilePermissions.fromString("rw-rw-rw-"));
        settings.tick();
        assertHolds("one\n", first);
        assertTrue(drifts().get(0).diff().contains("0:0:666"), drifts().get(0).diff());
    }

    @Test
    void anotherPolicyIsNoDrift() throws IOException {
        settings.tick();
        change("uno\n", "due\n");
        restart();
        settings.tick();
        assertHolds("uno\n", first);
        assertEquals(List.of(), drifts());
        Files.writeString(first, "one\n");
        settings.tick();
        assertEquals(1, drifts().size(), "what an earlier policy said is a stranger's by now");
    }

    @Test
    void aFileThatIsNoLongerWantedIsGivenBack() throws IOException {
        settings.tick();
        change("uno\n");
        settings.tick();
        assertHolds("uno\n", first);
        assertFalse(Files.exists(second));
    }

    @Test
    void aCrashBeforeTheFirstWriteIsNoDriftAndLosesNothing() throws IOException {
        before("theirs\n");
        ledger.close();
        open(new Crashing());
        assertThrows(Crash.class, () -> settings.tick());
        assertEquals("theirs\n", Files.readString(first));
        restart();
        settings.tick();
        assertHolds("one\n", first);
        assertEquals(List.of(), drifts());
        policy = UNMANAGED;
        settings.tick();
        assertEquals("theirs\n", Files.readString(first));
    }

    @Test
    void aCrashAfterTheWriteIsNoDriftAndLosesNothing() throws IOException {
        before("theirs\n");
        SettingsLedger intents = new SettingsLedger(ledger);
        ManagedFiles files = new ManagedFiles(root, new PosixCustody());
        intents.intend("codex", root, first, files.look(first));
        intents.intendVersion(first, digest("one\n"));
        files.put(first, "one\n".getBytes(StandardCharsets.UTF_8), null);
        restart();
        settings.tick();
        assertHolds("one\n", first);
        assertEquals(List.of(), drifts());
        assertEquals(
                "theirs\n",
                new String(
                        new SettingsLedger(ledger)
                                .origin(first)
                                .orElseThrow()
                                .before()
                                .orElseThrow()
                                .content(),
                        StandardCharsets.UTF_8));
        policy = UNMANAGED;
        settings.tick();
        assertEquals("theirs\n", Files.readString(first));
    }

    @Test
    void aCrashBetweenTwoVersionsIsNoDrift() throws IOException {
        settings.tick();
        change("uno\n", "due\n");
        ledger.close();
        open(new Crashing());
        assertThrows(Crash.class, () -> settings.tick());
        restart();
        settings.tick();
        assertHolds("uno\n", first);
        assertEquals(List.of(), drifts());
    }

    @Test
    void aCrashBeforeUninstallLeavesWhatItCanUndo() throws IOException {
        before("theirs\n");
        ledger.close();
        open(new Crashing());
        assertThrows(Crash.class, () -> settings.tick());
        restart();
        assertEquals(
                List.of(), new Restoration(ledger, new PosixCustody()).all().kept());
        assertEquals("theirs\n", Files.readString(first));
        assertFalse(Files.exists(first.resolveSibling(".settings.cordon-new"), LinkOption.NOFOLLOW_LINKS));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void neverFollowsALink() throws IOException {
        Files.createDirectories(first.getParent());
        Path target = Files.writeString(folder.resolve("target"), "target\n");
        Files.createSymbolicLink(first, target);
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains("a link"), settings.problem());
        assertEquals("target\n", Files.readString(target));
        assertTrue(Files.isSymbolicLink(first));
        assertFalse(Files.exists(second), "all or none");
        assertEquals(List.of(), ledger.open());
        Files.delete(first);
        settings.tick();
        assertHolds("one\n", first);
        assertHolds("two\n", second);
        assertNull(settings.problem());
    }

    @Test
    void refusesFoldersThatOthersCanChange() throws IOException {
        Files.createDirectories(first.getParent());
        Files.setPosixFilePermissions(first.getParent(), PosixFilePermissions.fromString("rwxrwxr-x"));
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains("others may write to it"));
        assertFalse(Files.exists(first));
        Files.setPosixFilePermissions(first.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(first.getParent(), "unix:uid", 12_345);
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains("belongs to user id 12345"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.delete(first.getParent());
        Files.createSymbolicLink(first.getParent(), elsewhere);
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains("a link"), settings.problem());
        try (Stream<Path> inside = Files.list(elsewhere)) {
            assertEquals(0, inside.count());
        }
    }

    @Test
    void everyFolderAboveIsTheSystems() throws IOException {
        Path etc = root.resolve("etc");
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxrwxrwx"));
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains(etc + ": others may write to it"));
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(root, "unix:uid", 12_345);
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains(root + ": belongs to user id 12345"));
        assertFalse(Files.exists(first.getParent()));
        Files.setAttribute(root, "unix:uid", 0);
        settings.tick();
        assertHolds("one\n", first);
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.writeString(first, "theirs\n");
        settings.tick();
        assertTrue(
                settings.problem() != null && settings.problem().contains("others may write to it"),
                "held, and now open");
    }

    @Test
    void refusesWhatTheLedgerCannotKeep() throws IOException {
        Files.createDirectories(first.getParent());
        Files.write(first, new byte[ManagedFiles.MAX_BYTES + 1]);
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains("more than"), settings.problem());
        assertEquals(ManagedFiles.MAX_BYTES + 1, Files.size(first));
        assertFalse(Files.exists(second));
        Files.write(first, new byte[ManagedFiles.MAX_BYTES]);
        settings.tick();
        assertHolds("one\n", first);
        policy = UNMANAGED;
        settings.tick();
        assertArrayEquals(new byte[ManagedFiles.MAX_BYTES], Files.readAllBytes(first));
    }

    @Test
    void aChangeOfAnySizeIsPutBackWithinTheBoundOfItsReport() throws IOException {
        settings.tick();
        Files.writeString(first, "line\n".repeat(1500));
        settings.tick();
        assertEquals(SettingsDiff.MAX_LENGTH, drifts().get(0).diff().length());
        clock.advance(Drifts.PAUSE);
        Files.write(first, new byte[200_000]);
        settings.tick();
        assertTrue(drifts().get(1).diff().contains("too many to compare"));
        for (int i = 0; i < 20; i++) {
            clock.advance(Drifts.PAUSE);
            Files.writeString(first, "again " + i);
            settings.tick();
        }
        assertEquals(16, drifts().size());
        assertTrue(drifts().get(15).diff().contains("again 19"));
        assertHolds("one\n", first);
    }

    /** Another tool that keeps its own version there, every second. */
    @Test
    void aTugOfWarIsRepairedEachTimeAndToldOnceAMinute() throws IOException {
        settings.tick();
        List<String> said = new ArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(AgentFiles.class.getName());
        logger.addHandler(log);
        try {
            List<SettingsReport> reported = List.of();
            int changes = 0;
            for (int second = 0; second < 180; second++) {
                clock.advance(Duration.ofSeconds(1));
                Files.writeString(first, "theirs " + second);
                settings.tick();
                assertHolds("one\n", first);
                changes += reported.equals(settings.reports()) ? 0 : 1;
                reported = settings.reports();
            }
            assertEquals(3, said.size(), said.toString());
            assertEquals(3, changes);
        } finally {
            logger.removeHandler(log);
        }
    }

    @Test
    void withoutAVerifiedPolicyEverythingStays() throws IOException {
        settings.tick();
        policy = Baseline.strictest();
        settings.tick();
        restart();
        settings.tick();
        assertHolds("one\n", first);
        assertHolds("two\n", second);
        assertFalse(ledger.open().isEmpty());
    }

    @Test
    void whenSettingsCannotBeWorkedOutTheOldOnesStay() throws IOException {
        settings.tick();
        change();
        settings.tick();
        assertHolds("one\n", first);
        assertHolds("two\n", second);
        assertTrue(settings.problem() != null && settings.problem().contains("no words for it"));
        restart();
        settings.tick();
        assertHolds("one\n", first);
    }

    @Test
    void whatCannotBeGivenBackIsTriedAgain() throws IOException {
        settings.tick();
        Files.delete(first);
        Files.createDirectory(first);
        policy = UNMANAGED;
        settings.tick();
        assertTrue(settings.problem() != null && settings.problem().contains("cannot be put back"));
        Files.delete(first);
        settings.tick();
        assertNull(settings.problem());
        assertEquals(List.of(), ledger.open());
    }

    private void before(String text) throws IOException {
        Files.createDirectories(first.getParent());
        Files.writeString(first, text);
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Ends the agent when the new content is on the disk beside the old, and not yet in its place. */
    private static final class Crashing implements Custody {
        private final Custody custody;

        Crashing() throws IOException {
            this.custody = new PosixCustody();
        }

        @Override
        public java.util.Optional<String> distrust(Path place, boolean holds) throws IOException {
            return custody.distrust(place, holds);
        }

        @Override
        public void makeFolder(Path place) throws IOException {
            custody.makeFolder(place);
        }

        @Override
        public void seal(Path file) {
            throw new Crash();
        }

        @Override
        public boolean sealed(String rights) throws IOException {
            return custody.sealed(rights);
        }

        @Override
        public String rights(Path file) throws IOException {
            return custody.rights(file);
        }

        @Override
        public void give(Path file, String rights) throws IOException {
            custody.give(file, rights);
        }

        @Override
        public String stamp(Path file) throws IOException {
            return custody.stamp(file);
        }
    }
}
