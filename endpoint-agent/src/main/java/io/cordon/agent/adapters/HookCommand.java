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

    /** How a command line begins that Cordon's hook has put in place of another: decided on, and confined when it runs. */
    public static String confined(String cordon, String os) {
        return os.equals("windows")
                ? "& " + powershellWord(cordon) + " " + powershellWord("run")
                : posixWord(cordon) + " run";
    }

    /** How it begins where the developer is to be asked first. */
    public static String asked(String cordon, String os) {
        return confined(cordon, os) + " " + (os.equals("windows") ? powershellWord("--asked") : "--asked");
    }

    /** One word of a POSIX shell. */
    private static String posixWord(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\"'\"'") + "'";
    }

    /** One word of PowerShell, which takes typographic quotes for quotes. */
    private static String powershellWord(String text) {
        return "'" + text.replaceAll("(['\u2018\u2019\u201a\u201b])", "$1$1") + "'";
    }
}
