package io.cordon.agent.adapters.gemini;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.RedirectingVariables;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.adapters.settings.Strangers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rules of others beside Cordon's, of the same standing, and a variable that the whole machine gets and that leads Gemini CLI away
 * from what Cordon manages. A variable of the user's own cannot be seen here; {@code cordon run} sets it.
 */
public final class GeminiForeign implements ForeignSettings {
    private static final List<String> ENVIRONMENT = List.of("/etc/environment", "/etc/profile");
    private static final String PROFILES = "/etc/profile.d";
    /** Fixes the settings where they are, which is as good as what {@code cordon run} does. */
    private static final Pattern RIGHT =
            Pattern.compile("GEMINI_CLI_SYSTEM_SETTINGS_PATH=([\"']?)/etc/gemini-cli/settings\\.json\\1\\s*$");
    /** Looked at of each file, in bytes, and how many files of a folder. */
    private static final int MAX_BYTES = 64 << 10;

    private static final int MAX_FILES = 256;

    private final String os;

    /** @param os linux or windows */
    public GeminiForeign(String os) {
        this.os = os;
    }

    @Override
    public CodingAgent agent() {
        return CodingAgent.GEMINI;
    }

    @Override
    public List<String> found(Place place) {
        Path own = place.of(RedirectingVariables.geminiFolder(os));
        List<String> found = new ArrayList<>(Strangers.in(
                own.resolve("policies"),
                "*.toml",
                "cordon.toml",
                "; a rule in it with a higher priority decides before Cordon's"));
        if (!os.equals("windows")) {
            variables(place, found);
        }
        return found;
    }

    private static void variables(Place place, List<String> found) {
        ENVIRONMENT.forEach(file -> variables(place.of(file), found));
        Path profiles = place.of(PROFILES);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(profiles, "*.sh")) {
            int seen = 0;
            for (Path file : files) {
                if (seen++ < MAX_FILES) {
                    variables(file, found);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Nothing there sets a variable.
        } catch (IOException | DirectoryIteratorException e) {
            found.add(profiles + " cannot be listed: " + e.getMessage());
        }
    }

    private static void variables(Path file, List<String> found) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            text.lines()
                    .map(String::strip)
                    .filter(line ->
                            !line.startsWith("#") && !RIGHT.matcher(line).find())
                    .flatMap(line -> RedirectingVariables.ofGemini().stream().filter(name -> line.contains(name + "=")))
                    .distinct()
                    .forEach(name -> found.add(file + " sets " + name
                            + ", which can lead Gemini CLI away from what Cordon manages; take it out"));
        } catch (IOException e) {
            found.add(file + " cannot be read: " + e.getMessage());
        }
    }
}
