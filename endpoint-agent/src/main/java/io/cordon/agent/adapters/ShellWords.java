package io.cordon.agent.adapters;

import java.util.regex.Pattern;

/** Words as a shell reads them. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

    private ShellWords() {}

    /** One word of a POSIX shell, quoted only where it must be. */
    public static String posix(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** One word of a POSIX shell, and of others that have quotes in common with it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\"'\"'") + "'";
    }

    /** One word of PowerShell, which takes typographic quotes for quotes. */
    public static String powershell(String text) {
        return "'" + text.replaceAll("(['\u2018\u2019\u201a\u201b])", "$1$1") + "'";
    }
}
