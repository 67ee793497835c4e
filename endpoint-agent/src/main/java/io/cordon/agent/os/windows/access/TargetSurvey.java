package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From what a plan wants of paths to the objects that are there: each once, whatever it is called. Changes nothing. */
final class TargetSurvey {
    private final SecuredFiles files;
    private final AclBook book;
    private final TreeStamp tree;
    private final Trustees trustees;
    private final Sid developer;
    private final String scope;
    private final Map<FileId, Target> targets = new LinkedHashMap<>();

    TargetSurvey(SecuredFiles files, AclBook book, TreeStamp tree, Trustees trustees, Sid developer, String scope) {
        this.files = files;
        this.book = book;
        this.tree = tree;
        this.trustees = trustees;
        this.developer = developer;
        this.scope = scope;
    }

    /**
     * @param roots by path, as they were admitted
     * @return in the order of the plan; last what the scope closed before
     */
    List<Target> look(List<Wanted> plan, Map<String, RootAdmission.Admitted> roots) throws IOException {
        for (Wanted wanted : plan) {
            look(wanted, roots.get(wanted.path()));
        }
        recall();
        return List.copyOf(targets.values());
    }

    private void look(Wanted wanted, RootAdmission.@Nullable Admitted root) throws IOException {
        Optional<SecuredFile> found = files.open(wanted.path());
        if (found.isEmpty()) {
            return;
        }
        try (SecuredFile file = found.get()) {
            if (wanted.role() != Wanted.Role.DENIED) {
                RootChecks.requirePlanned(file, wanted.path());
            }
            if (wanted.role() == Wanted.Role.ROOT && (root == null || !file.id().equals(root.id()))) {
                throw new CannotConfineException("path-changed", wanted.path() + " was replaced meanwhile; try again");
            }
            requireList(file, wanted.path());
            if (wanted.role() == Wanted.Role.PASSAGE && ExplicitEntries.canBePassed(file.descriptor())) {
                return;
            }
            add(file, wanted.path(), wanted);
            boolean fresh = book.stamp(scope, file.id()) == null;
            if (fresh && wanted.role().closes() && file.directory() && !file.reparsePoint()) {
                for (String exposed : tree.exposed(file, wanted.path(), developer)) {
                    lookAtExposed(exposed, wanted);
                }
            }
        }
    }

    private static void requireList(SecuredFile file, String path) throws IOException {
        if (file.descriptor().isOpen()) {
            throw new CannotConfineException(
                    "no-access-control",
                    path
                            + " has no access control list and is open to everybody; give it one, for example with: icacls \""
                            + path + "\" /reset");
        }
    }

    private void lookAtExposed(String path, Wanted above) throws IOException {
        Optional<SecuredFile> found = files.open(path);
        if (found.isPresent()) {
            try (SecuredFile file = found.get()) {
                requireList(file, path);
                add(file, path, above);
            }
        }
    }

    private void add(SecuredFile file, String path, Wanted wanted) {
        boolean directory = file.directory();
        Target target = targets.computeIfAbsent(
                file.id(), id -> new Target(path, id, directory, EnumSet.noneOf(Wanted.Role.class), new HashSet<>()));
        target.roles().add(wanted.role());
        target.aces().addAll(wanted.aces(trustees, directory));
    }

    /** Objects below closed folders that were closed one by one before: looked for once, kept closed always. */
    private void recall() throws IOException {
        for (StampRecord record : book.stamps(scope)) {
            if (targets.containsKey(record.id())) {
                continue;
            }
            Optional<SecuredFile> found = files.openById(record.id(), record.path());
            if (found.isPresent()) {
                try (SecuredFile file = found.get()) {
                    targets.put(
                            record.id(),
                            new Target(
                                    file.finalPath(),
                                    record.id(),
                                    file.directory(),
                                    EnumSet.of(Wanted.Role.HELD),
                                    new HashSet<>(record.intended())));
                }
            }
        }
    }
}
