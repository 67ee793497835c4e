package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is mapped though the mingw-w64 headers or import libraries lack it, and why its declaration can be believed.
 *
 * @param names of C types, functions, constants and GUIDs, each with its reason and source
 * @param exports as {@code dll!function}, likewise
 * @param file declares the names
 */
record Lacking(Map<String, String> names, Map<String, String> exports, Path file) {
    private static final Pattern NAME =
            Pattern.compile("^LACKING\\((\\w+), *\"([^\"]+)\"\\)$", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^LACKING_EXPORT\\(([\\w-]+), *(\\w+), *\"([^\"]+)\"\\)$", Pattern.MULTILINE);
    private static final Pattern ANY = Pattern.compile("^LACKING.*$", Pattern.MULTILINE);

    static Lacking read(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, String> names = new TreeMap<>();
        Map<String, String> exports = new TreeMap<>();
        NAME.matcher(text).results().forEach(found -> names.put(found.group(1), found.group(2)));
        EXPORT.matcher(text).results().forEach(found -> exports.put(found.group(1) + "!" + found.group(2), found.group(3)));
        long announced = ANY.matcher(text).results().count();
        if (announced != names.size() + exports.size()) {
            throw new UnsupportedMapping(file + ": " + announced + " lines LACKING…, of which "
                    + (names.size() + exports.size()) + " are well formed and not repeated (expected: all)");
        }
        return new Lacking(names, exports, file);
    }
}
