package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What cannot be compared with mingw-w64 as it is, each with its reason and the source that is believed instead.
 *
 * @param names of C types, functions, constants and GUIDs that the headers lack
 * @param exports as {@code dll!function}, that the import libraries lack
 * @param differences functions that jna-platform maps otherwise than the headers, without harm
 * @param file declares the names
 */
record Lacking(Map<String, String> names, Map<String, String> exports, Map<String, String> differences, Path file) {
    private static final Pattern LINE = Pattern.compile(
            "^(LACKING|LACKING_EXPORT|DIFFERENT)\\((?:([\\w-]+), *)?(\\w+), *\"([^\"]+)\"\\)$", Pattern.MULTILINE);
    private static final Pattern ANY = Pattern.compile("^(LACKING|DIFFERENT).*$", Pattern.MULTILINE);

    static Lacking nothing() {
        return new Lacking(Map.of(), Map.of(), Map.of(), Path.of("none"));
    }

    /** @throws UnsupportedMapping for a line that is not well formed or repeated */
    static Lacking read(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, Map<String, String>> kinds =
                Map.of("LACKING", new TreeMap<>(), "LACKING_EXPORT", new TreeMap<>(), "DIFFERENT", new TreeMap<>());
        for (MatchResult line : LINE.matcher(text).results().toList()) {
            boolean export = line.group(1).equals("LACKING_EXPORT");
            if (export == (line.group(2) != null)) {
                kinds.get(line.group(1))
                        .put(export ? line.group(2) + "!" + line.group(3) : line.group(3), line.group(4));
            }
        }
        long announced = ANY.matcher(text).results().count();
        int read = kinds.values().stream().mapToInt(Map::size).sum();
        if (announced != read) {
            throw new UnsupportedMapping(
                    file + ": " + announced + " announcements, of which " + read + " are well formed and not repeated");
        }
        return new Lacking(kinds.get("LACKING"), kinds.get("LACKING_EXPORT"), kinds.get("DIFFERENT"), file);
    }
}
