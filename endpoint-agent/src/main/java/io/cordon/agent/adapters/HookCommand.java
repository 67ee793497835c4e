package io.cordon.agent.adapters;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Command lines with which a coding agent calls {@code cordon hook AGENT EVENT}. Agents take a hook that fails in an unforeseen
 * way as consent. One that blocks therefore runs within a few words of shell that make every status but 0 and 2, a missing
 * program and a late answer into a refusal: status 2 with a reason. Watching events are called plainly (at the end of a turn,
 * status 2 would mean to go on), and so are the hooks of agents that take a failing or missing command as a refusal, or whose
 * settings are put around it.
 */
public final class HookCommand {
    /** Seconds that an agent waits for a hook; {@code cordon hook} itself answers, or denies, within half of it. */
    public static final int TIMEOUT_SECONDS = 10;

    private static final int OWN_TIMEOUT_SECONDS = 8;
    private static final String UNDECIDED = "Cordon could not decide, so it is refused";

    private HookCommand() {}

    /**
     * For any POSIX shell, also one that only has quotes in common with it. Nothing is looked for in the agent's PATH, in which a
     * folder of the workspace may come first (an activated environment), and what a confined command put there.
     */
    public static String blocking(Surroundings machine, CodingAgent agent, String event) {
        return "/bin/sh -c '/usr/bin/timeout " + OWN_TIMEOUT_SECONDS + " \"$0\"" + arguments(agent, event)
                + "; case $? in 0) ;; 2) exit 2 ;; *) echo \"" + UNDECIDED + "\" >&2; exit 2 ;; esac' "
                + ShellWords.posix(machine.cordon());
    }

    /** The bare call for a POSIX shell; the exit status is that of {@code cordon}, or 126 or 127 where it is missing. */
    public static String plain(Surroundings machine, CodingAgent agent, String event) {
        return ShellWords.posix(machine.cordon()) + arguments(agent, event);
    }

    /** The bare call for PowerShell, 5.1 and 7; throws where {@code cordon} is missing. */
    public static String plainPowershell(Surroundings machine, CodingAgent agent, String event) {
        return "& " + ShellWords.powershell(machine.cordon()) + arguments(agent, event);
    }

    private static String arguments(CodingAgent agent, String event) {
        return " hook " + agent.word() + " " + event;
    }

    /**
     * For Windows, without a quote in it: an agent may put its own around the whole, and cmd.exe, PowerShell and bash read
     * them differently.
     *
     * @param slash what separates the folders of PowerShell's path: a backslash for cmd.exe, a slash where bash may read it
     */
    public static String onWindows(
            Surroundings machine, CodingAgent agent, String event, boolean blocking, char slash) {
        String script = "$u=New-Object Text.UTF8Encoding $false\n"
                + "$p=New-Object Diagnostics.ProcessStartInfo\n"
                + "$p.FileName=" + ShellWords.powershell(machine.cordon()) + "\n"
                + "$p.Arguments='hook " + agent.word() + " " + event + "'\n"
                + "$p.UseShellExecute=$false\n"
                + "$p.RedirectStandardInput=$true\n"
                + "$c=1\n"
                + "try{\n"
                + "$i=(New-Object IO.StreamReader([Console]::OpenStandardInput(),$u)).ReadToEnd()\n"
                + "$q=[Diagnostics.Process]::Start($p)\n"
                + "$b=$u.GetBytes($i)\n"
                + "$q.StandardInput.BaseStream.Write($b,0,$b.Length)\n"
                + "$q.StandardInput.Close()\n"
                + "if($q.WaitForExit(" + OWN_TIMEOUT_SECONDS + "000)){$c=$q.ExitCode}else{$q.Kill()}\n"
                + "}catch{}\n"
                + (blocking
                        ? "if($c -eq 0){exit 0}\n"
                                + "if($c -ne 2){[Console]::Error.WriteLine('" + UNDECIDED + "')}\n"
                                + "exit 2\n"
                        : "if($c -eq 2){exit 1}\nexit $c\n");
        String program = "C:|Windows|System32|WindowsPowerShell|v1.0|powershell.exe".replace('|', slash);
        return program + " -NoProfile -NonInteractive -EncodedCommand "
                + Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
    }
}
