package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a renderer says for one of {@link AgentPolicies}, compared with the files {@code adapters/AGENT/VERSION/POLICY-OS/} of the test
 * resources: one for each rendered file and {@code limits.txt}. With the system property {@code golden.write} naming that folder's source, the
 * files are written instead and the test fails, so that somebody looks at them.
 */
public final class GoldenFiles {
    private static final Surroundings LINUX =
            new Surroundings("linux", "/usr/bin/cordon", "http://127.0.0.1:4318", "http://127.0.0.1:4317");
    private static final Surroundings WINDOWS = new Surroundings(
            "windows", "C:\\Program Files\\Cordon\\cordon.exe", "http://127.0.0.1:4318", "http://127.0.0.1:4317");

    private GoldenFiles() {}

    /** @param version of the vendor's program, a folder of the resources */
    public static void check(SettingsRenderer renderer, String version, String policy, String os) {
        SettingsRenderer.Rendered rendered =
                renderer.render(AgentPolicies.named(policy), os.equals("windows") ? WINDOWS : LINUX);
        Map<String, String> actual = new TreeMap<>();
        rendered.files().forEach(file -> actual.put(name(file.path()), file.path() + "\n" + file.content()));
        actual.put("limits.txt", String.join("\n", rendered.limits()) + "\n");
        String folder = renderer.agent().word() + "/" + version + "/" + policy + "-" + os;
        String source = System.getProperty("golden.write");
        if (source != null) {
            actual.forEach((name, text) -> write(Path.of(source, folder, name), text));
            throw new AssertionError(folder + ": written, not compared");
        }
        actual.forEach((name, text) -> assertEquals(read(folder + "/" + name), text, folder + "/" + name));
    }

    private static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static String read(String file) {
        try (InputStream in = GoldenFiles.class.getResourceAsStream("/adapters/" + file)) {
            if (in == null) {
                throw new AssertionError(file + ": no such golden file");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
