package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where administrators set entries themselves: changes nothing, looks, and says what is missing as {@code icacls} commands. An entry
 * that denies may deny more than is asked for; one that allows must not allow more.
 */
final class ManualAcls {
    /** What one message says; the rest is asked for when these are there. */
    private static final int MAX_COMMANDS = 40;

    private final SecuredFiles files;
    private final Trustees trustees;
    private final TreeStamp tree;
    private final Sid developer;
    private final Map<String, Set<Ace>> wanted = new LinkedHashMap<>();
    private final Set<String> commands = new LinkedHashSet<>();

    /** Entries that icacls makes one of. */
    private record Kind(boolean allow, Sid sid, int flags) {
        static Kind of(Ace ace) {
            return new Kind(ace.allow(), ace.sid(), ace.flags());
        }
    }

    /** @param developer for whom something below a closed folder may stay open */
    ManualAcls(SecuredFiles files, Trustees trustees, TreeStamp tree, Sid developer) {
        this.files = files;
        this.trustees = trustees;
        this.tree = tree;
        this.developer = developer;
    }

    /** Refuses with the commands that are still needed. */
    void require(List<Wanted> plan) throws IOException {
        for (Wanted each : plan) {
            look(each);
        }
        for (Map.Entry<String, Set<Ace>> each : wanted.entrySet()) {
            Optional<SecuredFile> found = files.open(each.getKey());
            if (found.isPresent()) {
                try (SecuredFile file = found.get()) {
                    check(each.getKey(), each.getValue(), ExplicitEntries.of(file.descriptor()));
                }
            }
        }
        if (!commands.isEmpty()) {
            throw new CannotConfineException(
                    "acl-manual",
                    "Cordon is set not to change entries, and these are missing; an administrator runs: "
                            + commands.stream().limit(MAX_COMMANDS).collect(Collectors.joining(" & "))
                            + (commands.size() > MAX_COMMANDS
                                    ? " (and " + (commands.size() - MAX_COMMANDS) + " more, told when these are there)"
                                    : ""));
        }
    }

    private void look(Wanted each) throws IOException {
        Optional<SecuredFile> found = files.open(each.path());
        if (found.isEmpty()) {
            if (each.create()) {
                create(each);
            } else if (each.role() == Wanted.Role.HELD) {
                // On the way to something that is made, and so made with it.
                each.aces(trustees, true).forEach(ace -> commands.add(command(each.path(), ace)));
            }
            return;
        }
        try (SecuredFile file = found.get()) {
            if (each.role() != Wanted.Role.DENIED) {
                RootChecks.requirePlanned(file, each.path());
            }
            if (each.role() == Wanted.Role.PASSAGE && ExplicitEntries.canBePassed(file.descriptor())) {
                return;
            }
            want(each.path(), each, file.directory());
            if (each.role().closes() && file.directory() && !file.reparsePoint()) {
                for (String exposed : tree.exposed(file, each.path(), developer)) {
                    lookAtExposed(exposed, each);
                }
            }
        }
    }

    private void lookAtExposed(String path, Wanted above) throws IOException {
        Optional<SecuredFile> found = files.open(path);
        if (found.isPresent()) {
            try (SecuredFile file = found.get()) {
                want(path, above, file.directory());
            }
        }
    }

    private void want(String path, Wanted each, boolean directory) {
        wanted.computeIfAbsent(path, any -> new LinkedHashSet<>()).addAll(each.aces(trustees, directory));
    }

    private void create(Wanted each) throws IOException {
        boolean file = Placeholders.looksLikeFile(WindowsPaths.name(each.path()));
        String parent = WindowsPaths.parent(each.path());
        if (file && files.open(parent).isEmpty()) {
            commands.add("mkdir \"" + parent + "\"");
        }
        commands.add((file ? "type nul > \"" : "mkdir \"") + each.path() + "\"");
        each.aces(trustees, !file).forEach(ace -> commands.add(command(each.path(), ace)));
    }

    private void check(String path, Set<Ace> aces, Set<AclEntry> present) {
        Map<Kind, Integer> asked = new HashMap<>();
        aces.forEach(ace -> asked.merge(Kind.of(ace), ace.mask(), (a, b) -> a | b));
        Map<Kind, Integer> there = new HashMap<>();
        for (AclEntry entry : present) {
            if (entry instanceof Ace ace) {
                there.merge(Kind.of(ace), AccessMask.mapped(ace.mask()), (a, b) -> a | b);
            }
        }
        aces.stream()
                .filter(ace -> (there.getOrDefault(Kind.of(ace), 0) & ace.mask()) != ace.mask())
                .map(ace -> command(path, ace))
                .sorted()
                .forEach(commands::add);
        asked.forEach((kind, mask) -> {
            int more = there.getOrDefault(kind, 0) & ~mask & ~AccessMask.SYNCHRONIZE;
            if (kind.allow() && more != 0) {
                throw new CannotConfineException(
                        "acl-manual",
                        path + " gives " + kind.sid() + " more than the policy does (0x" + Integer.toHexString(more)
                                + "); an administrator runs: icacls \"" + path + "\" /remove:g \"*" + kind.sid()
                                + "\", and then what Cordon asks for");
            }
        });
    }

    /** One entry as a command; rights in hexadecimal are not known to icacls, so they are spelled out. */
    static String command(String path, Ace ace) {
        String flags = (ace.flags() & AclEntry.OBJECT_INHERIT) == 0
                ? ""
                : "(OI)(CI)" + ((ace.flags() & AclEntry.INHERIT_ONLY) == 0 ? "" : "(IO)");
        return "icacls \"" + path + "\" /" + (ace.allow() ? "grant" : "deny") + " \"*" + ace.sid() + ":" + flags + "("
                + rights(ace.mask()) + ")\"";
    }

    private static String rights(int mask) {
        return RIGHTS.stream()
                .filter(right -> (mask & right.bit()) != 0)
                .map(Right::name)
                .collect(Collectors.joining(","));
    }

    /** A right and what icacls calls it. */
    private record Right(int bit, String name) {}

    private static final List<Right> RIGHTS = List.of(
            new Right(AccessMask.DELETE, "DE"),
            new Right(AccessMask.READ_CONTROL, "RC"),
            new Right(AccessMask.WRITE_DAC, "WDAC"),
            new Right(AccessMask.WRITE_OWNER, "WO"),
            new Right(AccessMask.SYNCHRONIZE, "S"),
            new Right(AccessMask.FILE_READ_DATA, "RD"),
            new Right(AccessMask.FILE_WRITE_DATA, "WD"),
            new Right(AccessMask.FILE_APPEND_DATA, "AD"),
            new Right(AccessMask.FILE_READ_EA, "REA"),
            new Right(AccessMask.FILE_WRITE_EA, "WEA"),
            new Right(AccessMask.FILE_EXECUTE, "X"),
            new Right(AccessMask.FILE_DELETE_CHILD, "DC"),
            new Right(AccessMask.FILE_READ_ATTRIBUTES, "RA"),
            new Right(AccessMask.FILE_WRITE_ATTRIBUTES, "WA"));
}
