package io.cordon.agent.adapters.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells from what coding agents keep in a home who uses which, and when last. */
final class UseScan {
    private UseScan() {}

    static void run(FileTree home, Findings findings) {
        for (KnownAgent agent : KnownAgents.ALL) {
            latest(home, agent.stateFolders(), findings).ifPresent(at -> findings.used(agent, home.owner(), at));
        }
    }

    private static Optional<Instant> latest(FileTree home, List<String> places, Findings findings) {
        return places.stream()
                .flatMap(place -> latest(home, place, findings).stream())
                .max(Instant::compareTo);
    }

    /** Of a folder, the newest of itself and its entries: a session writes into the one it has, or makes one. */
    private static Optional<Instant> latest(FileTree home, String place, Findings findings) {
        Optional<FileTree.Entry> entry = Expansion.look(home, place, findings)
                .filter(found -> found.kind() == FileTree.Kind.FILE || found.kind() == FileTree.Kind.FOLDER);
        if (entry.isEmpty() || entry.get().kind() == FileTree.Kind.FILE) {
            return entry.map(FileTree.Entry::modified);
        }
        return Expansion.names(home, place, findings).stream()
                .flatMap(name -> Expansion.look(home, place + "/" + name, findings).stream())
                .map(FileTree.Entry::modified)
                .reduce((one, other) -> one.isAfter(other) ? one : other)
                .map(newest -> newest.isAfter(entry.get().modified())
                        ? newest
                        : entry.get().modified())
                .or(() -> entry.map(FileTree.Entry::modified));
    }
}
