package io.cordon.policy.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shells that run a line from their arguments. */
final class Shells {

    private static final Set<String> POSIX = Set.of("sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "rbash", "fish");
    private static final Set<String> POWERSHELL = Set.of("powershell", "pwsh");
    private static final Set<String> WITH_VALUE = Set.of("--rcfile", "--init-file");

    private Shells() {}

    static boolean isShell(String name) {
        return POSIX.contains(name) || POWERSHELL.contains(name) || name.equals("cmd");
    }

    /** True when the shell is only the carrier of the line in its arguments. */
    static boolean unwrap(SimpleCommand shell, String name, Collector into) {
        if (POWERSHELL.contains(name)) {
            return powerShell(shell, into);
        }
        return name.equals("cmd") ? cmd(shell, into) : posix(shell, name, into);
    }

    private static boolean posix(SimpleCommand shell, String name, Collector into) {
        List<Word> words = shell.words();
        boolean line = false;
        boolean input = false;
        int i = 1;
        for (; i < words.size(); i++) {
            String text = words.get(i).text();
            if (text.equals("--") || text.equals("-")) {
                i++;
                break;
            }
            if (text.startsWith("--")) {
                line |= text.equals("--command");
                i += WITH_VALUE.contains(text) ? 1 : 0;
            } else if (text.length() > 1 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
                line |= text.charAt(0) == '-' && text.indexOf('c') > 0;
                input |= text.indexOf('s') > 0;
                i += (int) text.chars().filter(c -> c == 'o' || c == 'O').count();
            } else {
                break;
            }
        }
        if (line) {
            if (i >= words.size()) {
                return false;
            }
            if (!words.get(i).isKnown()) {
                into.unknown("a shell line that is not known before it runs");
            }
            if (name.equals("fish")) {
                into.unknown("a fish line, whose grammar differs");
            }
            into.posix(words.get(i).text(), shell);
            return true;
        }
        boolean reads = i >= words.size() || input || words.get(i).text().equals("/dev/stdin");
        if (reads && !shell.upstream().isEmpty()) {
            into.unknown("a shell that reads its commands from a pipe");
        } else if (i < words.size() && !words.get(i).isKnown()) {
            into.unknown("a shell script that is not known before it runs");
        }
        return false;
    }

    private static boolean cmd(SimpleCommand shell, Collector into) {
        List<Word> words = shell.words();
        for (int i = 1; i < words.size(); i++) {
            String text = words.get(i).text();
            String option = text.toLowerCase(Locale.ROOT);
            if (option.startsWith("/c") || option.startsWith("/k") || option.startsWith("/r")) {
                StringBuilder line = new StringBuilder(text.substring(2));
                words.subList(i + 1, words.size())
                        .forEach(word -> line.append(' ').append(word.text()));
                into.cmd(line.toString().strip(), shell);
                return true;
            }
        }
        return false;
    }

    private static boolean powerShell(SimpleCommand shell, Collector into) {
        List<Word> words = shell.words();
        for (int i = 1; i < words.size(); i++) {
            String option = words.get(i).text().toLowerCase(Locale.ROOT).replaceFirst("^(?:--|/)", "-");
            if (is(option, "-encodedcommand", "-e") || option.equals("-ec")) {
                encoded(i + 1 < words.size() ? words.get(i + 1).text() : "", shell, into);
                return true;
            }
            if (is(option, "-command", "-c") || is(option, "-commandwithargs", "-cwa") || option.equals("-cwa")) {
                into.powerShell(joined(words, i + 1), shell);
                return true;
            }
            if (is(option, "-file", "-f")) {
                return false;
            }
            if (!option.startsWith("-")) {
                into.unknown("a PowerShell argument that may be a script or a command");
                into.powerShell(joined(words, i), shell);
                return true;
            }
            i += takesValue(option) ? 1 : 0;
        }
        return false;
    }

    private static boolean takesValue(String option) {
        return is(option, "-executionpolicy", "-ex")
                || option.equals("-ep")
                || is(option, "-windowstyle", "-w")
                || is(option, "-workingdirectory", "-wo")
                || is(option, "-version", "-v")
                || is(option, "-inputformat", "-in")
                || is(option, "-outputformat", "-o")
                || is(option, "-configurationname", "-config")
                || is(option, "-settingsfile", "-settings")
                || is(option, "-psconsolefile", "-ps");
    }

    /** PowerShell takes any beginning of a parameter's name that is long enough to be meant. */
    private static boolean is(String option, String parameter, String shortest) {
        return option.startsWith(shortest) && parameter.startsWith(option);
    }

    private static void encoded(String base64, SimpleCommand shell, Collector into) {
        try {
            into.powerShell(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16LE), shell);
        } catch (IllegalArgumentException e) {
            into.unknown("an encoded command that does not decode");
        }
    }

    private static String joined(List<Word> words, int from) {
        StringBuilder line = new StringBuilder();
        words.subList(Math.min(from, words.size()), words.size())
                .forEach(word -> line.append(line.length() == 0 ? "" : " ").append(word.text()));
        return line.toString();
    }
}
