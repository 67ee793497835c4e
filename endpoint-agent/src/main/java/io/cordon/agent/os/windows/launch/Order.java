package io.cordon.agent.os.windows.launch;

import java.util.List;
import java.util.Map;

/** One process to start. */
record Order(Identity identity, List<String> argv, Map<String, String> env, String cwd, JobLimits limits) {
    Order {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
    }
}
