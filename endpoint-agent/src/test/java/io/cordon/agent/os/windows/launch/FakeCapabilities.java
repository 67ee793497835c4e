package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.Capabilities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Access entries that are there at once, or cannot be made; what is prepared and released shows in the machine's log. */
final class FakeCapabilities implements Capabilities {
    static final Sid CAPABILITY = Sid.parse("S-1-5-21-9-9-9-9");

    private final FakeMachine machine;
    private volatile @Nullable String refusal;

    FakeCapabilities(FakeMachine machine) {
        this.machine = machine;
    }

    void refuse(String reason) {
        refusal = reason;
    }

    @Override
    public Result prepare(FileView.Acls files, Principal principal) {
        String reason = refusal;
        if (reason != null) {
            return new Result.Refused("root", reason);
        }
        machine.note("+entries");
        return new Result.Ready(files.enforced() ? List.of(CAPABILITY) : List.of(), "scope");
    }

    @Override
    public void release(Result.Ready prepared) {
        machine.note("-entries");
    }
}
