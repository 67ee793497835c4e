package io.cordon.agent.os.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of known pitfalls is whole and true. */
class PitfallsTest {
    private static final int PITFALLS = 29;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    /** Files that speak of PowerShell: where it is installed, and what application control makes of it. */
    private static final Set<String> SPEAKING = Set.of("Preflight.java", "ProgramSearch.java");

    private static String attackSurface() throws IOException {
        return Files.readString(Path.of("ATTACK-SURFACE.md"));
    }

    private static Map<String, String> sources(String root, String ending) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> each.toString().endsWith(ending))
                    .toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return sources;
    }

    @Test
    void everyPitfallIsShownByATestThatExists() throws IOException {
        String table = attackSurface();
        table = table.substring(table.indexOf("### The known pitfalls"));
        Map<String, String> tests = sources("src/test/java", ".java");
        Map<String, String> packaging = sources("../deploy/windows/msi/test", ".py");
        List<String> problems = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            numbers.add(Integer.parseInt(row.group(1)));
            int named = 0;
            Matcher each = NAMED.matcher(row.group(3));
            while (each.find()) {
                named++;
                String source =
                        tests.getOrDefault(each.group(1) + ".java", packaging.getOrDefault(each.group(1) + ".py", ""));
                if (source.isEmpty() || each.group(2) != null && !source.contains(" " + each.group(2) + "(")) {
                    problems.add(row.group(1) + ": " + each.group());
                }
            }
            if (named == 0) {
                problems.add(row.group(1) + ": names no test");
            }
        }
        assertEquals(List.of(), problems);
        assertEquals(Stream.iterate(1, n -> n + 1).limit(PITFALLS).toList(), numbers);
    }

    /** A row that claims one of the kit's has one there. */
    @Test
    void whatTheKitShowsIsInTheKit() throws IOException {
        String table = attackSurface();
        table = table.substring(table.indexOf("### The known pitfalls"));
        String kit = Files.readString(Path.of("../deploy/windows/conformance/rows.ps1"))
                + Files.readString(Path.of("../deploy/windows/conformance/run.ps1"));
        List<String> missing = new ArrayList<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            String number = "'" + row.group(1) + "'";
            boolean there = kit.contains("Number = " + number) || kit.contains("Add-Result " + number);
            if (row.group(3).endsWith("; kit") && !there) {
                missing.add(row.group(1));
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Scripts meet constrained language mode, and hidden or encoded ones the alarms of antivirus products. */
    @Test
    void pitfalls14And24NothingOfCordonsRunsAScript() throws IOException {
        Map<String, String> shipped = sources("src/main/java", ".java");
        // What coding agents run for their hooks is theirs to start, and is said under "What remains possible on
        // Windows".
        shipped.keySet()
                .removeAll(sources("src/main/java/io/cordon/agent/adapters", ".java")
                        .keySet());
        shipped.putAll(sources("launcher", ".c"));
        shipped.putAll(sources("../deploy/windows/msi", ".in"));
        shipped.putAll(sources("../deploy/windows/msi", ".cmd"));
        assertTrue(shipped.size() > 100, "looked at " + shipped.size() + " files");
        List<String> found = new ArrayList<>();
        shipped.forEach((name, text) -> {
            String lower = text.toLowerCase(Locale.ROOT);
            boolean speaks = lower.contains("powershell") || lower.contains("pwsh");
            boolean hides = lower.contains("encodedcommand") || lower.contains("windowstyle");
            if (hides || lower.contains("wscript") || speaks && !SPEAKING.contains(name)) {
                found.add(name);
            }
        });
        assertEquals(List.of(), found);
    }
}
