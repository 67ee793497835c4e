package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where administrators set entries themselves: changes nothing, looks, and says what is missing as {@code icacls} commands. */
final class ManualAcls {
    private final SecuredFiles files;
    private final Trustees trustees;

    ManualAcls(SecuredFiles files, Trustees trustees) {
        this.files = files;
        this.trustees = trustees;
    }

    /** Refuses with every command that is still needed. */
    void require(List<Wanted> plan) throws IOException {
        List<String> commands = new ArrayList<>();
        for (Wanted wanted : plan) {
            Optional<SecuredFile> found = files.open(wanted.path());
            if (found.isPresent()) {
                try (SecuredFile file = found.get()) {
                    Set<Ace> missing = new HashSet<>(wanted.aces(trustees, file.directory()));
                    missing.removeAll(ExplicitEntries.of(file.descriptor()));
                    missing.stream()
                            .map(ace -> command(wanted.path(), ace))
                            .sorted()
                            .forEach(commands::add);
                }
            } else if (wanted.create()) {
                boolean file = Placeholders.looksLikeFile(WindowsPaths.name(wanted.path()));
                commands.add((file ? "type nul > \"" : "mkdir \"") + wanted.path() + "\"");
                wanted.aces(trustees, !file).forEach(ace -> commands.add(command(wanted.path(), ace)));
            }
        }
        if (!commands.isEmpty()) {
            throw new CannotConfineException(
                    "acl-manual",
                    "Cordon is set not to change entries, and these are missing; an administrator runs: "
                            + String.join(" & ", commands));
        }
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
