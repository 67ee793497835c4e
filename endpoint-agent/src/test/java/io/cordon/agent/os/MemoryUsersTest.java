package io.cordon.agent.os;

import java.util.List;
import java.util.Map;

class MemoryUsersTest extends SandboxUsersContract {
    @Override
    protected SandboxUsers users() {
        return new MemoryUsers(Map.of(ADA, new Principal("ada", new Account.Posix(ADA, 1000, List.of()), "/home/ada")));
    }
}
