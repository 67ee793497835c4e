package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import java.util.List;

/** Makes the access entries of a file view hold, and says which capabilities a token needs to write its roots. */
@FunctionalInterface
public interface CapabilitySource {
    /** Fast when nothing has changed since the last time. */
    Prepared prepare(FileView.Acls view, Principal principal);

    /** Either the capabilities, or one line that says why nothing may run. */
    sealed interface Prepared {
        record Ready(List<Sid> capabilities) implements Prepared {
            public Ready {
                capabilities = List.copyOf(capabilities);
            }
        }

        record Refused(String reason) implements Prepared {}
    }
}
