package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.Sid;
import java.util.regex.Pattern;

/** Where {@code cordon.exe} connects, and who may. */
public record PipeAddress(String path, String sddl) {
    public static final String DEFAULT = "\\\\.\\pipe\\cordon";

    private static final Pattern LOCAL = Pattern.compile("\\\\\\\\\\.\\\\pipe\\\\[A-Za-z0-9._-]{1,200}");

    /**
     * FILE_GENERIC_READ and FILE_WRITE_DATA. Not FILE_APPEND_DATA (0x4), which on a pipe is the right to create further instances:
     * with it one user could answer for the agent to another. So clients ask for exactly this and not for GENERIC_WRITE.
     */
    private static final String CONNECT = "0x12008b";

    public PipeAddress {
        if (!LOCAL.matcher(path).matches()) {
            throw new IllegalArgumentException("pipe: " + path + " (expected: \\\\.\\pipe\\ and a name)");
        }
    }

    /** @param sandboxGroup whose members may never ask for anything */
    public static PipeAddress of(String path, Sid sandboxGroup) {
        return new PipeAddress(
                path,
                "O:SYG:SYD:P(D;;GA;;;" + sandboxGroup + ")(D;;GA;;;NU)(D;;GA;;;AN)(A;;GA;;;SY)(A;;" + CONNECT
                        + ";;;AU)");
    }
}
