package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.time.Duration;
import java.util.Map;

/** The imagined Windows' constants. */
final class Windows {
    static final MachineFacts FACTS = new MachineFacts(
            "DESK-7",
            "C:\\Program Files\\Cordon\\bin\\cordon-console.exe",
            Map.of(
                    "SystemRoot", "C:\\Windows",
                    "SystemDrive", "C:",
                    "windir", "C:\\Windows",
                    "ComSpec", "C:\\Windows\\system32\\cmd.exe",
                    "Path", "C:\\Windows\\system32;C:\\Windows",
                    "PATHEXT", ".COM;.EXE;.BAT;.CMD;.VBS;.JS",
                    "ProgramFiles", "C:\\Program Files"));

    static final Sid GROUP = Sid.parse("S-1-5-21-1-2-3-2000");

    static final SandboxSids SANDBOX = new SandboxSids(
            GROUP,
            Map.of(
                    SandboxAccount.OFFLINE, FakeMachine.ACCOUNT,
                    SandboxAccount.PROXY, Sid.parse("S-1-5-21-1-2-3-2002"),
                    SandboxAccount.ONLINE, Sid.parse("S-1-5-21-1-2-3-2003")));

    static final ChannelLimits LIMITS = new ChannelLimits(
            6, 3, 2, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(3));

    private Windows() {}
}
