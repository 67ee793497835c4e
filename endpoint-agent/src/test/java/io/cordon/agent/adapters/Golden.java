package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares what is rendered with what somebody has read and found right: the files
 * {@code src/test/resources/adapters/AGENT/VERSION/POLICY-OS/}, one for each rendered file, with its path in the first line, and
 * {@code limits.txt}. {@code -Dgolden.write=true} writes them anew and fails, so that they are read before they are committed.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/adapters");

    private Golden() {}

    /**
     * @param version of the vendor's program
     * @param name of the policy
     * @param machines each rendered and compared on its own
     */
    public static void check(
            SettingsRenderer renderer, String version, String name, ResolvedPolicy policy, Surroundings... machines)
            throws IOException {
        for (Surroundings machine : machines) {
            Map<String, String> actual = files(renderer.render(policy, machine));
            Path folder =
                    FOLDER.resolve(renderer.agent().word()).resolve(version).resolve(name + "-" + machine.os());
            if (Boolean.getBoolean("golden.write")) {
                write(folder, actual);
                continue;
            }
            Map<String, String> expected = read(folder);
            assertEquals(expected.keySet(), actual.keySet(), folder.toString());
            actual.forEach((file, text) -> assertEquals(expected.get(file), text, folder + "/" + file));
        }
        if (Boolean.getBoolean("golden.write")) {
            throw new AssertionError(name + ": written, not compared");
        }
    }

    private static Map<String, String> files(SettingsRenderer.Rendered rendered) {
        Map<String, String> files = new TreeMap<>();
        rendered.files().forEach(file -> files.put(last(file.path()), file.path() + "\n" + file.content()));
        files.put("limits.txt", String.join("\n", rendered.limits()) + "\n");
        assertEquals(rendered.files().size() + 1, files.size(), "two files of one name");
        return files;
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (NoSuchFileException e) {
            throw new AssertionError(folder + ": no golden files", e);
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (String old : read(folder).keySet()) {
            Files.delete(folder.resolve(old));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
