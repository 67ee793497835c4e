package io.cordon.agent.os.windows.launch;

import java.util.ArrayList;
import java.util.List;

/** Command lines as {@code CommandLineToArgvW} and the C runtime take them apart. */
final class CommandLine {
    /** With its NUL, in UTF-16 units. */
    static final int MAX = 32_767;

    private CommandLine() {}

    static String of(List<String> argv) throws LaunchException {
        String program = argv.get(0);
        // The first word ends at the next quote, whatever stands before it: a quote in it cannot be written.
        if (program.isEmpty() || program.indexOf('"') >= 0 || program.indexOf('\0') >= 0) {
            throw new LaunchException("command", "program name \"" + program + "\" (expected: one without quotes)");
        }
        StringBuilder line = new StringBuilder().append('"').append(program).append('"');
        for (String argument : argv.subList(1, argv.size())) {
            if (argument.indexOf('\0') >= 0) {
                throw new LaunchException("command", "an argument contains a NUL");
            }
            append(line.append(' '), argument);
        }
        return checked(line.toString());
    }

    static String checked(String line) throws LaunchException {
        if (line.length() >= MAX) {
            throw new LaunchException(
                    "command",
                    "command line: " + line.length() + " characters (expected: fewer than " + MAX
                            + "); pass long input through a file");
        }
        return line;
    }

    /** Backslashes count only before a quote: there each is doubled, and the quote escaped. */
    private static void append(StringBuilder line, String argument) {
        if (!argument.isEmpty() && argument.chars().noneMatch(c -> c <= ' ' || c == '"')) {
            line.append(argument);
            return;
        }
        line.append('"');
        int backslashes = 0;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '"') {
                line.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            line.append(c);
        }
        line.append("\\".repeat(backslashes)).append('"');
    }

    /** Takes a command line apart, as {@code CommandLineToArgvW} does. */
    static List<String> split(String line) {
        List<String> argv = new ArrayList<>();
        if (line.isEmpty()) {
            return argv;
        }
        int at = program(line, argv);
        while (at < line.length()) {
            if (isBlank(line.charAt(at))) {
                at++;
            } else {
                StringBuilder argument = new StringBuilder();
                at = argument(line, at, argument);
                argv.add(argument.toString());
            }
        }
        return argv;
    }

    private static int program(String line, List<String> argv) {
        int end;
        if (line.charAt(0) == '"') {
            end = line.indexOf('"', 1);
            argv.add(line.substring(1, end < 0 ? line.length() : end));
            return end < 0 ? line.length() : end + 1;
        }
        end = 0;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        argv.add(line.substring(0, end));
        return end;
    }

    private static int argument(String line, int from, StringBuilder argument) {
        boolean quoted = false;
        int at = from;
        while (at < line.length() && (quoted || !isBlank(line.charAt(at)))) {
            char c = line.charAt(at);
            if (c == '\\') {
                at = backslashes(line, at, argument);
            } else if (c == '"') {
                if (quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                    argument.append('"');
                    at++;
                } else {
                    quoted = !quoted;
                }
                at++;
            } else {
                argument.append(c);
                at++;
            }
        }
        return at;
    }

    private static int backslashes(String line, int from, StringBuilder argument) {
        int at = from;
        while (at < line.length() && line.charAt(at) == '\\') {
            at++;
        }
        int count = at - from;
        if (at < line.length() && line.charAt(at) == '"') {
            argument.append("\\".repeat(count / 2));
            if (count % 2 == 1) {
                argument.append('"');
                at++;
            }
        } else {
            argument.append("\\".repeat(count));
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
