package io.cordon.agent.adapters.discovery;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.policy.model.Agents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One look at the whole machine: what is there for everybody, each home, and what runs. */
final class MachineScan {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_DPKG = 32 << 20;

    private final boolean windows;
    private final Path root;
    private final Discovery.HomeFolders homes;
    private final LocalProcesses processes;
    private final Fingerprints fingerprints = new Fingerprints();
    private final PatientReader reader = new PatientReader("discovery");
    /** Homes whose reading has not ended yet. */
    private final Set<Path> busy = ConcurrentHashMap.newKeySet();

    /** @param root of the machine's file system */
    MachineScan(boolean windows, Path root, Discovery.HomeFolders homes, LocalProcesses processes) {
        this.windows = windows;
        this.root = root;
        this.homes = homes;
        this.processes = processes;
    }

    Inventory run(Agents rules, Redactor redactor) throws InterruptedException {
        Findings findings = new Findings();
        try {
            findings.addAll(reader.within(PATIENCE, this::machine));
        } catch (IOException e) {
            findings.problem(root.toString(), e);
        }
        ServerSettings settings = new ServerSettings(redactor, rules);
        try {
            for (Path home : homes.get()) {
                home(home, settings, findings);
            }
        } catch (IOException e) {
            findings.problem("homes", e);
        }
        processes.all().forEach(process -> running(process, findings));
        return findings.inventory();
    }

    private Inventory machine() throws IOException {
        Findings found = new Findings();
        FileTree tree = GuardedTree.of(root);
        InstallationScan scan = new InstallationScan(tree, Places.machine(windows), "", fingerprints, found);
        if (!windows) {
            scan.dpkg("var/lib/dpkg/status", LONGEST_DPKG);
        }
        scan.run();
        return found.inventory();
    }

    private void home(Path home, ServerSettings settings, Findings findings) throws InterruptedException {
        if (!busy.add(home)) {
            findings.problem(home + ": an earlier reading has not ended");
            return;
        }
        try {
            findings.addAll(reader.within(PATIENCE, () -> {
                try {
                    return read(home, settings);
                } finally {
                    busy.remove(home);
                }
            }));
        } catch (PatientReader.BusyException e) {
            busy.remove(home);
            findings.problem(home.toString(), e);
        } catch (IOException e) {
            findings.problem(home.toString(), e);
        }
    }

    private Inventory read(Path home, ServerSettings settings) throws IOException {
        Findings found = new Findings();
        FileTree tree = GuardedTree.of(home);
        new InstallationScan(tree, Places.home(windows), tree.owner(), fingerprints, found).run();
        UseScan.run(tree, found);
        new McpScan(tree, settings, found).run();
        return found.inventory();
    }

    private static void running(LocalProcesses.Process process, Findings findings) {
        ProcessRecognition.of(process)
                .filter(found -> !found.byNameOnly() || !found.agent().ambiguous())
                .ifPresent(found -> findings.running(found.agent(), process.user()));
    }
}
