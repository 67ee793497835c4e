package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One confined process to start.
 *
 * @param capabilities of its token; null for one that is not write-restricted (audit mode)
 */
record Order(
        SandboxAccount account,
        @Nullable List<Sid> capabilities,
        List<String> argv,
        Map<String, String> env,
        String cwd,
        JobLimits limits) {
    Order {
        capabilities = capabilities == null ? null : List.copyOf(capabilities);
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
    }
}
