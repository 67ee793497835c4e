package io.cordon.agent.adapters;

/**
 * The bare call of {@code cordon hook AGENT EVENT}, for agents that take a failing or missing command as a refusal, or whose settings are put
 * around it.
 *
 * @param cordon absolute path
 */
public record PlainHook(String cordon, CodingAgent agent, String event) {

    /** For a POSIX shell; the exit status is that of {@code cordon}, or 126 or 127 where it is missing. */
    public String posix() {
        return ShellWords.posix(cordon) + arguments();
    }

    /** For PowerShell, 5.1 and 7; throws where {@code cordon} is missing. */
    public String powershell() {
        return "& " + ShellWords.powershell(cordon) + arguments();
    }

    private String arguments() {
        return " hook " + agent.word() + " " + event;
    }
}
