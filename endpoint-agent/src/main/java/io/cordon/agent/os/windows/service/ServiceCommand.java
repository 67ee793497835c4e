package io.cordon.agent.os.windows.service;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line that the service control manager starts. Paths are Windows paths, as text. */
public final class ServiceCommand {
    /** A service that is always there has to be small; and it must not end when some console's user logs off. */
    private static final List<String> OPTIONS = List.of(
            "-Xrs",
            "-XX:+UseSerialGC",
            "-Xms16m",
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "-Dslf4j.internal.verbosity=ERROR");

    private static final int COMPACT_HEADERS = 25;

    private ServiceCommand() {}

    /**
     * @param runtime folder of the Java runtime
     * @param feature version of that runtime
     * @param home folder of the agent's programs
     * @param words after the class, for example {@code run}
     */
    public static String line(String runtime, int feature, String home, String mainClass, List<String> words) {
        List<String> line = new ArrayList<>(List.of(runtime + "\\bin\\java.exe"));
        line.addAll(OPTIONS);
        if (feature >= COMPACT_HEADERS) {
            line.addAll(List.of("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"));
        }
        line.addAll(List.of("-Dcordon.home=" + home, "-cp", home + "\\lib\\*", mainClass));
        line.addAll(words);
        return line.stream().map(ServiceCommand::quoted).collect(Collectors.joining(" "));
    }

    /** The program is always quoted, so that no C:\Program.exe can take its place. */
    private static String quoted(String word) {
        if (word.indexOf('"') >= 0) {
            throw new IllegalArgumentException("word of a command line: " + word + " (expected: no quotation mark)");
        }
        if (!word.contains(" ") && !word.endsWith(".exe")) {
            return word;
        }
        // A backslash before the closing mark would escape it.
        return word.endsWith("\\") ? "\"" + word + "\\\"" : "\"" + word + "\"";
    }
}
