package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.Sid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Windows says of a caller.
 *
 * @param process the caller's process, held open so that its id cannot be reused
 * @param impersonated the token of the pipe's client
 * @param processToken the token of that process
 * @param created start of the process, 100 ns since 1601
 * @param image path of its program, empty when unknown
 * @param canonicalCwd final path of the working directory; null when the caller cannot open it as a folder
 */
public record Attestation(
        CallerProcess process,
        Token impersonated,
        Token processToken,
        Level level,
        long created,
        String image,
        @Nullable String canonicalCwd) {

    /**
     * @param groups enabled ones
     * @param logon id of the logon session: an elevated token of the same user has another
     * @param sandboxMember whether the group of the sandbox accounts is enabled in it, by Windows' own check
     */
    public record Token(Sid user, List<Sid> groups, long logon, int session, boolean sandboxMember) {
        public Token {
            groups = List.copyOf(groups);
        }
    }

    /** {@code SECURITY_IMPERSONATION_LEVEL}, in the order of its values. */
    public enum Level {
        ANONYMOUS,
        IDENTIFICATION,
        IMPERSONATION,
        DELEGATION
    }
}
