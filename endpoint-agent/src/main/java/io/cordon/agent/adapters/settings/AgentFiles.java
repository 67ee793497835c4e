package io.cordon.agent.adapters.settings;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.os.Custody;
import io.cordon.policy.document.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The managed files of one agent. All or none are taken over: a half of its settings could be weaker than none. Once taken
 * over, each is held on its own.
 */
final class AgentFiles {
    private static final Logger LOG = Logger.getLogger(AgentFiles.class.getName());

    private final CodingAgent agent;
    private final Place place;
    private final ManagedFiles files;
    private final SettingsLedger ledger;
    private final UnaryOperator<String> redact;
    private final InstantSource clock;
    private final Drifts drifts = new Drifts();
    private List<Wanted> wanted = List.of();
    private List<String> limits = List.of();
    private @Nullable String failure;

    /** One file: what is meant to stand there, and what is known of it. */
    private static final class Wanted {
        private final Path path;
        private final byte[] content;
        private final String sha256;
        private @Nullable String stamp;
        private @Nullable String problem;
        /** What the log was told last of it, and when: once a minute at most. */
        private @Nullable String said;

        private Instant saidAt = Instant.MIN;

        Wanted(Path path, byte[] content) {
            this.path = path;
            this.content = content;
            this.sha256 = Digest.of(content).hex();
        }
    }

    AgentFiles(
            CodingAgent agent,
            Place place,
            Custody custody,
            SettingsLedger ledger,
            UnaryOperator<String> redact,
            InstantSource clock) {
        this.agent = agent;
        this.place = place;
        this.files = new ManagedFiles(place.root(), custody);
        this.ledger = ledger;
        this.redact = redact;
        this.clock = clock;
    }

    void want(SettingsRenderer.Rendered rendered) {
        wanted = rendered.files().stream()
                .map(file -> new Wanted(place.of(file.path()), file.content().getBytes(StandardCharsets.UTF_8)))
                .toList();
        limits = rendered.limits();
        failure = null;
    }

    /** What stood there stays. */
    void failed(String why) {
        failure = why;
    }

    /** Whether the path is this agent's still; after a failure everything it has is. */
    boolean holds(SettingsLedger.Origin origin) {
        return origin.agent().equals(agent.word())
                && (failure != null || wanted.stream().anyMatch(each -> each.path.equals(origin.path())));
    }

    void converge() {
        if (failure != null) {
            return;
        }
        @Nullable String refused = refusal();
        for (Wanted each : wanted) {
            if (refused != null) {
                stuck(each, refused);
                continue;
            }
            try {
                hold(each);
                each.problem = null;
            } catch (IOException e) {
                stuck(each, each.path + " cannot be kept: " + e.getMessage());
            }
        }
    }

    private void stuck(Wanted file, String problem) {
        Instant now = clock.instant();
        boolean news = file.problem == null || !problem.equals(file.said);
        if (news && !now.isBefore(file.saidAt.plus(Drifts.PAUSE))) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {agent.title(), problem});
            file.said = problem;
            file.saidAt = now;
        }
        file.problem = problem;
        file.stamp = null;
    }

    /** Why none of the files is taken over, or null; none is asked once one was. */
    private @Nullable String refusal() {
        if (wanted.stream().anyMatch(each -> each.stamp != null)
                || wanted.stream().anyMatch(each -> ledger.origin(each.path).isPresent())) {
            return null;
        }
        for (Wanted each : wanted) {
            try {
                if (files.look(each.path) instanceof ManagedFiles.Found.Refused refused) {
                    return refused.reason() + "; none of its settings is managed until that is put right";
                }
            } catch (IOException e) {
                return each.path + " cannot be read: " + e.getMessage();
            }
        }
        return null;
    }

    private void hold(Wanted file) throws IOException {
        if (file.stamp != null && file.stamp.equals(stamp(file.path))) {
            return;
        }
        ManagedFiles.Found found = files.look(file.path);
        if (found instanceof ManagedFiles.Found.Refused refused) {
            throw new IOException(refused.reason());
        }
        Optional<SettingsLedger.Origin> origin = ledger.origin(file.path);
        boolean drifted = false;
        if (origin.isEmpty()) {
            ledger.intend(agent.word(), place.root(), file.path, found);
        } else if (origin.get().written()) {
            drifted = noteDrift(file, found);
        }
        if (!asWanted(file, found)) {
            ledger.intendVersion(file.path, file.sha256);
            for (Path folder : files.missingFolders(file.path)) {
                long id = ledger.intendFolder(folder);
                files.makeFolder(folder);
                ledger.folderMade(id);
            }
            files.put(file.path, file.content, null);
            if (!drifted) {
                LOG.log(Level.INFO, "{0} is written for {1}", new Object[] {file.path, agent.title()});
            }
        } else {
            ledger.intendVersion(file.path, file.sha256);
        }
        ledger.written(file.path, file.sha256);
        file.stamp = stamp(file.path);
    }

    private boolean asWanted(Wanted file, ManagedFiles.Found found) throws IOException {
        return found instanceof ManagedFiles.Found.There there
                && Arrays.equals(there.content(), file.content)
                && files.sealed(there.rights());
    }

    /** Something else than what Cordon wrote last is a stranger's. Whether it was that. */
    private boolean noteDrift(Wanted file, ManagedFiles.Found found) throws IOException {
        byte[] content = found instanceof ManagedFiles.Found.There there ? there.content() : new byte[0];
        String path = file.path.toString();
        if (!ledger.versions(file.path).contains(Digest.of(content).hex())) {
            drifted(new SettingsReport.Drift(
                    clock.instant(), path, SettingsDiff.of(path, content, file.content, redact)));
            return true;
        }
        if (found instanceof ManagedFiles.Found.There there && !files.sealed(there.rights())) {
            drifted(new SettingsReport.Drift(clock.instant(), path, SettingsDiff.ofRights(there.rights(), path)));
            return true;
        }
        return false;
    }

    private void drifted(SettingsReport.Drift drift) {
        if (drifts.add(drift)) {
            LOG.log(Level.WARNING, "{0}: somebody changed {1}; it is put back", new Object[] {
                agent.title(), drift.path()
            });
        }
    }

    private @Nullable String stamp(Path path) throws IOException {
        try {
            return files.stamp(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    SettingsReport report() {
        List<SettingsReport.FileState> states = new ArrayList<>();
        for (Wanted each : wanted) {
            String said = failure != null ? failure : each.problem == null ? "" : each.problem;
            states.add(new SettingsReport.FileState(each.path.toString(), each.sha256, said));
        }
        if (wanted.isEmpty() && failure != null) {
            states.add(new SettingsReport.FileState("", Digest.of(new byte[0]).hex(), failure));
        }
        return new SettingsReport(agent, states, limits, drifts.shown(clock.instant()));
    }
}
