package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import java.util.List;

/** Makes the access control entries of a run's file view true on this machine. Safe for concurrent use. */
public interface Capabilities {
    /** Windows keeps at most 1024 groups in a token, and the account has some of its own. */
    int MAX = 512;

    /**
     * Puts every entry the view needs in place before it returns; a second call for the same view changes nothing.
     *
     * @param principal the developer on whose behalf the run is; nothing is opened to a run that is closed to them
     */
    Result prepare(FileView.Acls files, Principal principal);

    /**
     * The run is over: takes away what stood only for the time of runs. Once for each {@link Result.Ready}, whatever policy is
     * in force by then.
     */
    void release(Result.Ready prepared);

    /** Either what the run's token must carry, or why the run must not start. */
    sealed interface Result {
        /**
         * @param capabilities to be among the restricting SIDs and the groups of the run's write-restricted token, one for each
         *     writable root. Empty when the view has no writable root, and in audit mode, in which a run has its caller's own token
         *     and no sandbox account.
         * @param scope what was prepared, for {@link Capabilities#release}
         */
        record Ready(List<Sid> capabilities, String scope) implements Result {
            public Ready {
                capabilities = List.copyOf(capabilities);
            }
        }

        /**
         * @param rule short name of what stands in the way
         * @param reason one line with what was found and what to do
         */
        record Refused(String rule, String reason) implements Result {}
    }
}
