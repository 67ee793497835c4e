package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an administrator's console does with the commands of manual mode, on the model: entries of one kind become one, as
 * icacls has it.
 */
final class Icacls {
    private static final Pattern ENTRY = Pattern.compile(
            "icacls \"([^\"]+)\" /(grant|deny) \"\\*(S-[0-9-]+):((?:\\((?:OI|CI|IO)\\))*)\\(([A-Z,]+)\\)\"");
    private static final Pattern MAKE = Pattern.compile("(mkdir|type nul >) \"([^\"]+)\"");
    private static final Map<String, Integer> RIGHTS = Map.ofEntries(
            Map.entry("DE", 0x10000),
            Map.entry("RC", 0x20000),
            Map.entry("WDAC", 0x40000),
            Map.entry("WO", 0x80000),
            Map.entry("S", 0x100000),
            Map.entry("RD", 0x1),
            Map.entry("WD", 0x2),
            Map.entry("AD", 0x4),
            Map.entry("REA", 0x8),
            Map.entry("WEA", 0x10),
            Map.entry("X", 0x20),
            Map.entry("DC", 0x40),
            Map.entry("RA", 0x80),
            Map.entry("WA", 0x100));

    private final ModelTree tree;

    Icacls(ModelTree tree) {
        this.tree = tree;
    }

    /** @param refusal the message of manual mode, from its colon on */
    void run(String refusal) {
        for (String command :
                refusal.substring(refusal.lastIndexOf("runs: ") + 6).split(" & ")) {
            Matcher entry = ENTRY.matcher(command);
            Matcher make = MAKE.matcher(command);
            if (entry.matches()) {
                set(entry);
            } else if (make.matches()) {
                tree.with(make.group(2), make.group(1).equals("mkdir"), Bench.ADA);
            } else {
                throw new AssertionError("no command of Windows': " + command);
            }
        }
    }

    private void set(Matcher entry) {
        int mask = 0;
        for (String right : entry.group(5).split(",")) {
            mask |= RIGHTS.get(right);
        }
        int flags =
                (entry.group(4).contains("(OI)(CI)") ? 3 : 0) | (entry.group(4).contains("(IO)") ? 8 : 0);
        boolean allow = entry.group(2).equals("grant");
        Sid sid = Sid.parse(entry.group(3));
        try (SecuredFile file = new ModelFiles(tree).open(entry.group(1)).orElseThrow()) {
            SecurityDescriptor is = file.descriptor();
            List<Ace> merged = new ArrayList<>();
            for (AclEntry each : ExplicitEntries.of(is)) {
                if (each instanceof Ace ace && ace.allow() == allow && ace.sid().equals(sid) && ace.flags() == flags) {
                    merged.add(ace);
                    mask |= ace.mask();
                }
            }
            file.setDacl(
                    ExplicitEntries.edited(is, merged, List.of(new Ace(allow, flags, mask, sid))), is.isProtected());
            new TreeStamp(Set.of(), "C:\\none").carryDown(file, Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
