package io.cordon.agent.adapters.codex;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.adapters.settings.Place;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Codex's legacy layer, which outranks requirements.toml, and rules of others beside Cordon's. */
public final class CodexForeign implements ForeignSettings {
    private static final int MOST = 32;

    private final String folder;

    /** @param os linux or windows */
    public CodexForeign(String os) {
        this.folder = os.equals("windows") ? "C:\\ProgramData\\OpenAI\\Codex" : "/etc/codex";
    }

    @Override
    public CodingAgent agent() {
        return CodingAgent.CODEX;
    }

    @Override
    public List<String> found(Place place) {
        List<String> found = new ArrayList<>();
        Path own = place.of(folder);
        Path legacy = own.resolve("managed_config.toml");
        if (Files.exists(legacy, LinkOption.NOFOLLOW_LINKS)) {
            found.add(legacy + " is not Cordon's, and Codex puts it above what Cordon manages; remove it");
        }
        try (DirectoryStream<Path> rules = Files.newDirectoryStream(own.resolve("rules"), "*.rules")) {
            for (Path each : rules) {
                if (!each.endsWith("cordon.rules") && found.size() < MOST) {
                    found.add(
                            each
                                    + " is not Cordon's; a rule in it that allows a command lets it run outside Codex's sandbox");
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            found.add(own.resolve("rules") + " cannot be listed: " + e.getMessage());
        }
        return found;
    }
}
