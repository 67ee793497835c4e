package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text form of descriptors (MS-DTYP 2.5.1), as far as Cordon writes it: owner, group, and a discretionary list of allowing
 * and denying entries. Rights are written in hexadecimal, SIDs in full but for the few that have an alias here.
 */
public final class Sddl {
    private static final Map<String, Sid> ALIASES = Map.of(
            "SY", Sid.LOCAL_SYSTEM,
            "BA", Sid.ADMINISTRATORS,
            "BU", Sid.USERS,
            "AU", Sid.AUTHENTICATED_USERS,
            "WD", Sid.EVERYONE,
            "CO", Sid.CREATOR_OWNER,
            "OW", Sid.OWNER_RIGHTS);
    private static final Map<Sid, String> NAMES =
            ALIASES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final Map<String, Integer> FLAGS = flags();
    private static final Map<String, Integer> RIGHTS = rights();
    private static final Pattern PARTS =
            Pattern.compile("(?:O:([A-Z0-9x-]+?))?(?:G:([A-Z0-9x-]+?))?(?:D:((?:P|AR|AI)*)((?:\\([^()]*\\))*))?");
    private static final Pattern ENTRY = Pattern.compile("\\(([AD]);([A-Z]*);([^;]*);;;([A-Za-z0-9-]+)\\)");

    private Sddl() {}

    private static Map<String, Integer> flags() {
        Map<String, Integer> flags = new LinkedHashMap<>();
        flags.put("OI", AclEntry.OBJECT_INHERIT);
        flags.put("CI", AclEntry.CONTAINER_INHERIT);
        flags.put("NP", AclEntry.NO_PROPAGATE);
        flags.put("IO", AclEntry.INHERIT_ONLY);
        flags.put("ID", AclEntry.INHERITED);
        return flags;
    }

    private static Map<String, Integer> rights() {
        Map<String, Integer> rights = new LinkedHashMap<>();
        rights.put("GA", AccessMask.GENERIC_ALL);
        rights.put("GR", AccessMask.GENERIC_READ);
        rights.put("GW", AccessMask.GENERIC_WRITE);
        rights.put("GX", AccessMask.GENERIC_EXECUTE);
        rights.put("FA", AccessMask.FILE_ALL_ACCESS);
        rights.put("FR", AccessMask.FILE_GENERIC_READ);
        rights.put("FW", AccessMask.FILE_GENERIC_WRITE);
        rights.put("FX", AccessMask.FILE_GENERIC_EXECUTE);
        rights.put("RC", AccessMask.READ_CONTROL);
        rights.put("SD", AccessMask.DELETE);
        rights.put("WD", AccessMask.WRITE_DAC);
        rights.put("WO", AccessMask.WRITE_OWNER);
        rights.put("CC", AccessMask.FILE_READ_DATA);
        return rights;
    }

    /** Entries one after another; of kinds that are not known here, none are written. */
    static String entries(List<? extends AclEntry> entries) {
        return entries.stream()
                .filter(Ace.class::isInstance)
                .map(entry -> entry((Ace) entry))
                .collect(Collectors.joining());
    }

    private static String entry(Ace ace) {
        String flags = FLAGS.entrySet().stream()
                .filter(flag -> (ace.flags() & flag.getValue()) != 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining());
        return "(" + (ace.allow() ? "A" : "D") + ";" + flags + ";0x" + Integer.toHexString(ace.mask()) + ";;;"
                + name(ace.sid()) + ")";
    }

    private static String name(Sid sid) {
        String alias = NAMES.get(sid);
        return alias == null ? sid.toString() : alias;
    }

    /** A descriptor; a missing list is written {@code D:NO_ACCESS_CONTROL}. */
    public static String format(SecurityDescriptor descriptor) {
        String owner = descriptor.owner() == null ? "" : "O:" + name(descriptor.owner());
        String group = descriptor.group() == null ? "" : "G:" + name(descriptor.group());
        if (descriptor.dacl() == null) {
            return owner + group + "D:NO_ACCESS_CONTROL";
        }
        return owner + group + "D:" + (descriptor.isProtected() ? "P" : "")
                + ((descriptor.control() & SecurityDescriptor.DACL_AUTO_INHERITED) != 0 ? "AI" : "")
                + entries(descriptor.entries());
    }

    /**
     * Reads what {@link #format} writes, and named rights.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static SecurityDescriptor parse(String text) {
        if (text.endsWith("D:NO_ACCESS_CONTROL")) {
            SecurityDescriptor rest = parse(text.substring(0, text.length() - "D:NO_ACCESS_CONTROL".length()));
            return new SecurityDescriptor(SecurityDescriptor.DACL_PRESENT, rest.owner(), rest.group(), null, null);
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("SDDL: " + text + " (expected: O:…G:…D:…)");
        }
        String control = parts.group(3);
        if (control == null) {
            return new SecurityDescriptor(0, sid(parts.group(1)), sid(parts.group(2)), null, null);
        }
        int bits = SecurityDescriptor.DACL_PRESENT
                | (control.contains("P") ? SecurityDescriptor.DACL_PROTECTED : 0)
                | (control.contains("AI") ? SecurityDescriptor.DACL_AUTO_INHERITED : 0);
        return new SecurityDescriptor(
                bits,
                sid(parts.group(1)),
                sid(parts.group(2)),
                null,
                new Acl(2, List.copyOf(parseEntries(parts.group(4) == null ? "" : parts.group(4)))));
    }

    /** Reads what {@link #entries} writes. */
    static List<Ace> parseEntries(String text) {
        List<Ace> entries = new ArrayList<>();
        Matcher entry = ENTRY.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!entry.find(at) || entry.start() != at) {
                throw new IllegalArgumentException(
                        "SDDL entry: " + text.substring(at) + " (expected: (A;flags;rights;;;SID))");
            }
            entries.add(new Ace(
                    entry.group(1).equals("A"),
                    pairs(entry.group(2), FLAGS),
                    mask(entry.group(3)),
                    alias(entry.group(4))));
            at = entry.end();
        }
        return entries;
    }

    private static int mask(String text) {
        return text.startsWith("0x") ? Integer.parseUnsignedInt(text.substring(2), 16) : pairs(text, RIGHTS);
    }

    private static int pairs(String text, Map<String, Integer> known) {
        int all = 0;
        for (int i = 0; i < text.length(); i += 2) {
            String pair = text.substring(i, Math.min(text.length(), i + 2));
            Integer value = known.get(pair);
            if (value == null) {
                throw new IllegalArgumentException("SDDL: " + pair + " (expected: one of " + known.keySet() + ")");
            }
            all |= value;
        }
        return all;
    }

    private static @Nullable Sid sid(@Nullable String text) {
        return text == null ? null : alias(text);
    }

    private static Sid alias(String text) {
        Sid known = ALIASES.get(text);
        return known == null ? Sid.parse(text) : known;
    }
}
