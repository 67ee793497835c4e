package io.cordon.agent.os.windows.launch;

import java.util.List;

/**
 * A batch file is run by {@code cmd.exe}, which reads its whole command line by its own rules before the file sees any argument.
 * What these rules would make something else of is refused: an argument must never become a command.
 */
final class BatchCommandLine {
    private BatchCommandLine() {}

    /**
     * @param interpreter full path of {@code cmd.exe}
     * @param script full path of the batch file
     */
    static String of(String interpreter, String script, List<String> arguments) throws LaunchException {
        StringBuilder line = new StringBuilder()
                .append('"')
                .append(interpreter)
                // No AutoRun, extensions on, no ! expansion, and exactly the outer pair of quotes is taken off.
                .append("\" /d /e:on /v:off /s /c \"");
        line.append(quoted(script));
        for (String argument : arguments) {
            line.append(' ').append(quoted(argument));
        }
        return CommandLine.checked(line.append('"').toString());
    }

    private static String quoted(String word) throws LaunchException {
        for (char c : new char[] {'"', '%', '\r', '\n', '\0'}) {
            if (word.indexOf(c) >= 0) {
                throw new LaunchException(
                        "command",
                        String.format(
                                "argument \"%s\": a batch file cannot safely be given the character U+%04X;"
                                        + " run the program behind it directly, or pass the value through a file",
                                word.replaceAll("\\p{Cntrl}", "?"), (int) c));
            }
        }
        // A program that the file hands "%1" on to would take a backslash before the quote for an escape.
        int end = word.length();
        while (end > 0 && word.charAt(end - 1) == '\\') {
            end--;
        }
        return '"' + word + "\\".repeat(word.length() - end) + '"';
    }
}
