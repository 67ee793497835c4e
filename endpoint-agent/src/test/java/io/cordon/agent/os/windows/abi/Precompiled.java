package io.cordon.agent.os.windows.abi;

import io.cordon.agent.os.windows.abi.Element.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code abi.h} with all of {@code windows.h}, which each program begins with: read once in each language instead of a hundred times. Made
 * anew in each JVM, because a compiler does not see that the headers beneath have changed.
 */
final class Precompiled {
    private static final Path SOURCES = Path.of("src/test/abi").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/abi-precompiled").toAbsolutePath();
    private static final Map<Language, List<String>> COMMANDS = new EnumMap<>(Language.class);

    private Precompiled() {}

    /** The compiler with what has to come before a program's name. */
    static synchronized List<String> command(Language language) throws IOException {
        List<String> made = COMMANDS.get(language);
        if (made == null) {
            made = make(language);
            COMMANDS.put(language, made);
        }
        return made;
    }

    private static List<String> make(Language language) throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve(language.name()));
        List<String> command = new ArrayList<>(List.of(language.compiler, language.standard, "-w", "-I" + folder));
        if (language == Language.GUIDS) {
            command.add("-I" + SOURCES.resolve("guids"));
        }
        command.add("-I" + SOURCES.resolve("include"));
        Files.deleteIfExists(folder.resolve("abi.h.gch"));

        List<String> compile = new ArrayList<>(command);
        compile.addAll(List.of("-x", language == Language.C ? "c-header" : "c++-header"));
        compile.addAll(List.of(
                SOURCES.resolve("include/abi.h").toString(),
                "-o",
                folder.resolve("abi.h.gch").toString()));
        Program compiler = Program.run(folder, compile);
        if (compiler.exit() != 0) {
            throw new IllegalStateException(String.join(" ", compile) + ": " + String.join("\n", compiler.output()));
        }
        return List.copyOf(command);
    }
}
