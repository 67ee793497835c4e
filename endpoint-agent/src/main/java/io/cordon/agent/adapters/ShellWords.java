package io.cordon.agent.adapters;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as a shell reads them: the one place that quotes, for hooks, for what they rewrite and for the rules that know it again. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

    private ShellWords() {}

    /** One word of a POSIX shell, quoted only where it must be. A quote is written so that vendors' shell readers understand it. */
    public static String posix(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    /** A command of a POSIX shell. */
    public static String posix(List<String> words) {
        return words.stream().map(ShellWords::posix).collect(Collectors.joining(" "));
    }

    /** One word of PowerShell, which takes typographic quotes for quotes. */
    public static String powershell(String word) {
        return "'" + word.replaceAll("(['\u2018\u2019\u201a\u201b])", "$1$1") + "'";
    }

    /** A command of PowerShell, 5.1 and 7. */
    public static String powershell(List<String> words) {
        return "& " + words.stream().map(ShellWords::powershell).collect(Collectors.joining(" "));
    }
}
