package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what is rendered with what somebody has read and found right: all files and limits of one rendering, one after the
 * other. {@code -Dgolden.write=true} writes them anew; they are read before they are committed.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/adapters");

    private Golden() {}

    /** @param name below the folder of golden files, such as {@code codex/0.169/balanced.linux} */
    public static void check(String name, SettingsRenderer.Rendered rendered) throws IOException {
        StringBuilder text = new StringBuilder();
        for (SettingsRenderer.File file : rendered.files()) {
            text.append("==> ").append(file.path()).append('\n').append(file.content());
            assertEquals('\n', file.content().charAt(file.content().length() - 1));
        }
        text.append("==> limits\n");
        rendered.limits().forEach(limit -> text.append(limit).append('\n'));
        Path golden = FOLDER.resolve(name + ".golden");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text.toString(), golden.toString());
    }
}
