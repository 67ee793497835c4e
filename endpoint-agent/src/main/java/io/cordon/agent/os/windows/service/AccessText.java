package io.cordon.agent.os.windows.service;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an access list in SDDL just far enough to say what others than the system may do. What it does not know counts as
 * everything. Values: winnt.h, and MS-DTYP 2.5.1 for the letters.
 */
final class AccessText {
    /** Creating, writing, changing attributes, deleting children, deleting, changing the list or the owner. */
    static final int ANY_WRITE = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000;
    /** What takes away a folder's children or the folder's own protection. */
    static final int TAKE_OVER = 0x40 | 0x40000 | 0x80000;

    private static final int EVERYTHING = 0x1F01FF;
    private static final Pattern ENTRY = Pattern.compile("\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)");
    private static final Set<String> SYSTEM = Set.of(
            "SY",
            "BA",
            "S-1-5-18",
            "S-1-5-32-544",
            // TrustedInstaller, which owns Program Files.
            "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464");
    private static final Map<String, Integer> RIGHTS = Map.ofEntries(
            Map.entry("FA", EVERYTHING),
            Map.entry("FR", 0x120089),
            Map.entry("FW", 0x120116),
            Map.entry("FX", 0x1200A0),
            Map.entry("GA", EVERYTHING),
            Map.entry("GR", 0x120089),
            Map.entry("GW", 0x120116),
            Map.entry("GX", 0x1200A0),
            Map.entry("RC", 0x20000),
            Map.entry("SD", 0x10000),
            Map.entry("WD", 0x40000),
            Map.entry("WO", 0x80000),
            Map.entry("CC", 0x1),
            Map.entry("DC", 0x2),
            Map.entry("LC", 0x4),
            Map.entry("SW", 0x8),
            Map.entry("RP", 0x10),
            Map.entry("WP", 0x20),
            Map.entry("DT", 0x40),
            Map.entry("LO", 0x80),
            Map.entry("CR", 0x100));

    private AccessText() {}

    /** Everything that anybody but the system is allowed on the object itself, as bits; a missing list allows all. */
    static int othersMay(String access) {
        int list = access.indexOf("D:");
        if (list < 0 || access.contains("NO_ACCESS_CONTROL")) {
            return EVERYTHING;
        }
        int may = 0;
        Matcher entries = ENTRY.matcher(access.substring(list));
        while (entries.find()) {
            String[] fields = entries.group(1).split(";", -1);
            if (fields.length < 6) {
                return EVERYTHING;
            }
            boolean allows = fields[0].equals("A") || fields[0].equals("XA") || fields[0].equals("OA");
            boolean inheritOnly = fields[1].contains("IO");
            if (allows && !inheritOnly && !SYSTEM.contains(fields[5].toUpperCase(Locale.ROOT))) {
                may |= mask(fields[2]);
            }
        }
        return may;
    }

    private static int mask(String rights) {
        if (rights.startsWith("0x")) {
            try {
                long bits = Long.parseLong(rights.substring(2), 16);
                return (bits & 0x50000000L) == 0 ? (int) bits : EVERYTHING;
            } catch (NumberFormatException e) {
                return EVERYTHING;
            }
        }
        if (rights.length() % 2 != 0) {
            return EVERYTHING;
        }
        int mask = 0;
        for (int i = 0; i < rights.length(); i += 2) {
            mask |= RIGHTS.getOrDefault(rights.substring(i, i + 2), EVERYTHING);
        }
        return mask;
    }
}
