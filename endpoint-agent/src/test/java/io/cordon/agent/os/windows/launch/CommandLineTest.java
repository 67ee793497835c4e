package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static final String CMD = "C:\\Windows\\System32\\cmd.exe";

    @Test
    void quotesOnlyWhatNeedsIt() throws Exception {
        assertEquals(
                "\"C:\\a b\\c.exe\" plain \"\" \"two words\" C:\\dir\\ \"C:\\my dir\\\\\" \"say \\\"hi\\\"\" \"\\\\\\\"\"",
                CommandLine.of(List.of(
                        "C:\\a b\\c.exe",
                        "plain",
                        "",
                        "two words",
                        "C:\\dir\\",
                        "C:\\my dir\\",
                        "say \"hi\"",
                        "\\\"")));
    }

    /** Examples that the documentation of the C runtime gives. */
    @Test
    void splitsAsTheDocumentationSays() {
        assertEquals(List.of("p", "a b c", "d", "e"), CommandLine.split("p \"a b c\" d e"));
        assertEquals(List.of("p", "ab\"c", "\\", "d"), CommandLine.split("p \"ab\\\"c\" \"\\\\\" d"));
        assertEquals(List.of("p", "a\\\\\\b", "de fg", "h"), CommandLine.split("p a\\\\\\b d\"e f\"g h"));
        assertEquals(List.of("p", "a\\\"b", "c", "d"), CommandLine.split("p a\\\\\\\"b c d"));
        assertEquals(List.of("p", "a\\\\b c", "d", "e"), CommandLine.split("p a\\\\\\\\\"b c\" d e"));
    }

    @Property
    void whatIsQuotedIsTakenApartTheSame(@ForAll("arguments") List<String> arguments) throws Exception {
        List<String> argv = new ArrayList<>(List.of("C:\\Program Files\\a.exe"));
        argv.addAll(arguments);
        assertEquals(argv, CommandLine.split(CommandLine.of(argv)));
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.strings()
                .withChars('a', ' ', '\t', '"', '\\', '%', '&', '\u00fc', '\n')
                .ofMaxLength(12)
                .list()
                .ofMaxSize(6);
    }

    /** A batch file's arguments, as cmd sees them: nothing may stand outside quotes but what cannot start a command. */
    @Property
    void nothingOfABatchArgumentStandsOutsideItsQuotes(@ForAll("batch") List<String> arguments) throws Exception {
        String line = BatchCommandLine.of(CMD, "C:\\tools\\npm.cmd", arguments);
        String prefix = "\"" + CMD + "\" /d /e:on /v:off /s /c \"";
        assertTrue(line.startsWith(prefix) && line.endsWith("\""), line);
        StringBuilder outside = new StringBuilder();
        boolean quoted = false;
        for (char c : line.substring(prefix.length(), line.length() - 1).toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                outside.append(c);
            }
        }
        assertEquals(" ".repeat(arguments.size()), outside.toString());
        assertTrue(!quoted);
    }

    @Provide
    Arbitrary<List<String>> batch() {
        return Arbitraries.strings()
                .withChars('a', ' ', '&', '|', '<', '>', '^', '(', ')', '!', '\\', ',', ';', '=')
                .ofMaxLength(10)
                .list()
                .ofMaxSize(5);
    }

    @Test
    void refusesForABatchFileWhatCmdWouldTakeForSomethingElse() {
        for (String hostile : List.of("\"&calc.exe", "%CMDCMDLINE:~-1%&calc", "a\nb", "a\rb", "100%")) {
            LaunchException refused = assertThrows(
                    LaunchException.class, () -> BatchCommandLine.of(CMD, "C:\\tools\\npm.cmd", List.of(hostile)));
            assertTrue(refused.getMessage().contains("U+00"), refused.getMessage());
        }
    }

    @Test
    void refusesProgramsWithQuotesAndLinesThatAreTooLong() {
        assertThrows(LaunchException.class, () -> CommandLine.of(List.of("a\"b")));
        assertThrows(LaunchException.class, () -> CommandLine.of(List.of("a", "x\0y")));
        assertThrows(LaunchException.class, () -> CommandLine.of(List.of("a", "x".repeat(CommandLine.MAX))));
    }
}
