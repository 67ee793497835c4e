package io.cordon.policy.command;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name under which rules know a program. */
final class CommandName {

    private static final Pattern EXTENSION = Pattern.compile("\\.(?:exe|cmd|bat|com|ps1)$");

    private CommandName() {}

    /** The last path component, lower case, without an executable's extension. */
    static String of(String word) {
        int separator = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
        String last = word.substring(separator + 1).toLowerCase(Locale.ROOT);
        String name = EXTENSION.matcher(last).replaceFirst("");
        return name.isEmpty() ? last : name;
    }

    static boolean isPath(String word) {
        return word.indexOf('/') >= 0 || word.indexOf('\\') >= 0;
    }
}
