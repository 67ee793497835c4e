package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.deploy.quickstart.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The threat model names tests; each of them is there. */
class ThreatModelTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))\\.(\\w+)`");
    private static final int INVARIANTS = 10;

    private final Path root = Checkout.here().root();

    @Test
    void everyInvariantNamesTestsThatExist() throws IOException {
        String model = Files.readString(root.resolve(".github/THREAT-MODEL.md"));
        TreeMap<String, String> sources = sources();
        TreeSet<String> missing = new TreeSet<>();
        for (int i = 1; i <= INVARIANTS; i++) {
            int start = model.indexOf("**I-" + i + "**");
            assertTrue(start >= 0, "I-" + i + " is missing");
            int end = i == INVARIANTS ? model.indexOf("\n## ", start) : model.indexOf("**I-" + (i + 1) + "**");
            List<String[]> named = NAMED.matcher(model.substring(start, end))
                    .results()
                    .map(match -> new String[] {match.group(1), match.group(2)})
                    .toList();
            assertTrue(!named.isEmpty(), "I-" + i + " names no test");
            for (String[] test : named) {
                if (!sources.getOrDefault(test[0], "").contains(" " + test[1] + "(")) {
                    missing.add("I-" + i + ": " + test[0] + "." + test[1]);
                }
            }
        }
        assertEquals(new TreeSet<>(), missing);
    }

    /** Also where it speaks of single parts. */
    @Test
    void everyTestNamedAnywhereExists() throws IOException {
        String model = Files.readString(root.resolve(".github/THREAT-MODEL.md"));
        TreeMap<String, String> sources = sources();
        TreeSet<String> missing = new TreeSet<>();
        NAMED.matcher(model).results().forEach(named -> {
            if (!sources.getOrDefault(named.group(1), "").contains(" " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        });
        assertEquals(new TreeSet<>(), missing);
    }

    private TreeMap<String, String> sources() throws IOException {
        TreeMap<String, String> sources = new TreeMap<>();
        for (String folder :
                List.of("policies/src/test", "server/src/test", "endpoint-agent/src/test", "deploy/e2e/java")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).collect(Collectors.toList())) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), (a, b) -> a + b);
                }
            }
        }
        return sources;
    }
}
