package io.cordon.agent.os;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@link FileAccess}: either what to set up, or why nothing may run here. */
public sealed interface FilePlan {
    /**
     * @param workspace canonical path of the writable work tree; null when there is none
     * @param view what the launcher sets up
     * @param notices what the person in front of the run should know, each one line
     */
    record Granted(@Nullable String workspace, List<String> writableRoots, FileView view, List<String> notices)
            implements FilePlan {
        public Granted {
            writableRoots = List.copyOf(writableRoots);
            notices = List.copyOf(notices);
        }
    }

    /**
     * The boundary of the policy cannot be built here, so nothing may run.
     *
     * @param reason one line with what was found and what to do
     */
    record Refused(String rule, String reason) implements FilePlan {}
}
