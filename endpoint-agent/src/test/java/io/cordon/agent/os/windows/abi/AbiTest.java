package io.cordon.agent.os.windows.abi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every mapping that the agent has, against the headers. */
@Tag("abi")
class AbiTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path WIN32 = CLASSES.resolve("io/cordon/agent/os/windows/win32");
    private static final Path LACKING = Path.of("src/test/abi/include/lacking.h");
    private static final Path FOLDER = Path.of("target/abi");

    @Test
    void everyMappingAgreesWithTheHeaders() throws IOException {
        var report = AbiCheck.run(classes(), Lacking.read(LACKING), FOLDER);

        assertTrue(report.problems().isEmpty(), () -> "\n" + String.join("\n", report.problems()) + "\n");
        Files.writeString(FOLDER.resolve("summary"), summary(report));
    }

    /** Ends with the line that deploy/verify shows. */
    private static String summary(AbiCheck.Report report) {
        StringBuilder text = new StringBuilder("abi: " + report.kinds() + "\n");
        report.exempt().forEach(each -> text.append("abi: lacking in mingw-w64, compared with what is published: ")
                .append(each)
                .append('\n'));
        return text.append("abi: ").append(report.elements().size()).append(" checked\n").toString();
    }

    private static List<Class<?>> classes() throws IOException {
        try (Stream<Path> files = Files.walk(WIN32)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> CLASSES.relativize(file).toString().replace('/', '.'))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> !name.endsWith("package-info") && !name.endsWith(".Header"))
                    .sorted()
                    .<Class<?>>map(AbiTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, AbiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + ": " + e, e);
        }
    }
}
