package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import java.util.List;

/** Makes the access control entries of a run's file view true on this machine. Safe for concurrent use. */
public interface Capabilities {
    /**
     * Puts every entry the view needs in place before it returns; a second call for the same view changes nothing.
     *
     * @param principal the developer on whose behalf the run is; nothing is opened to a run that is closed to them
     */
    Result prepare(FileView.Acls files, Principal principal);

    /** The run is over: takes away what stood only for the time of runs. Once for each {@link Result.Ready}. */
    void release(FileView.Acls files, Principal principal);

    /** Either what the run's token must carry, or why the run must not start. */
    sealed interface Result {
        /**
         * @param capabilities to be among the restricting SIDs of the run's write-restricted token, one for each writable root.
         *     Empty when the view has no writable root, and in audit mode, in which a run has its caller's own token and no
         *     sandbox account.
         */
        record Ready(List<Sid> capabilities) implements Result {
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
