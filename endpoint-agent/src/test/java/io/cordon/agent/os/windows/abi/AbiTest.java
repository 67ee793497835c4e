package io.cordon.agent.os.windows.abi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every mapping that the agent has, against the headers. */
@Tag("abi")
class AbiTest {
    private static final Path LACKING = Path.of("src/test/abi/include/lacking.h");
    private static final Path FOLDER = Path.of("target/abi");

    @Test
    void everyMappingAgreesWithTheHeaders() throws IOException {
        var report = AbiCheck.run(Win32Package.classes(), Lacking.read(LACKING), FOLDER);

        assertTrue(report.problems().isEmpty(), () -> "\n" + String.join("\n", report.problems()) + "\n");
        Files.writeString(FOLDER.resolve("summary"), summary(report));
    }

    /** Ends with the line that deploy/verify shows. */
    private static String summary(AbiCheck.Report report) {
        StringBuilder text = new StringBuilder("abi: " + report.kinds() + "\n");
        report.exempt()
                .forEach(each -> text.append("abi: exempt: ").append(each).append('\n'));
        return text.append("abi: ")
                .append(report.elements().size())
                .append(" checked\n")
                .toString();
    }
}
