package io.cordon.agent.adapters;

import java.util.regex.Pattern;

/** The command line by which a coding agent asks Cordon, in the words of the shell that the agent starts. */
public record HookCommand(String cordon, CodingAgent agent, String event) {

    /**
     * How long an agent waits. {@code cordon hook} itself answers, or denies, within half of it: most vendors let a call pass
     * whose hook is late.
     */
    public static final int TIMEOUT_SECONDS = 10;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

    /** For a POSIX shell; the exit status is that of {@code cordon}, or 126 or 127 where it is missing. */
    public String posix() {
        return posixWord(cordon) + arguments();
    }

    /** For PowerShell, 5.1 and 7; throws where {@code cordon} is missing. */
    public String powershell() {
        return "& " + powershellWord(cordon) + arguments();
    }

    private String arguments() {
        return " hook " + agent.word() + " " + event;
    }

    /** One word of a POSIX shell. */
    public static String posixWord(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** One word of PowerShell, in which only the quote itself means something. */
    public static String powershellWord(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
