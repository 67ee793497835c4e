package io.cordon.agent.adapters;

/** How a command line begins that Cordon's hook has put in place of another. */
public final class RunPrefix {
    private RunPrefix() {}

    /** Of one that was decided on, and is confined when it runs. */
    public static String confined(String cordon, String os) {
        return os.equals("windows")
                ? "& " + ShellWords.powershell(cordon) + " " + ShellWords.powershell("run")
                : ShellWords.posix(cordon) + " run";
    }

    /** Of one that the developer is to be asked about first. */
    public static String asked(String cordon, String os) {
        return confined(cordon, os) + " " + (os.equals("windows") ? ShellWords.powershell("--asked") : "--asked");
    }
}
