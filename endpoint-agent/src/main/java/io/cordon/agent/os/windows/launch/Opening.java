package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.Caller;
import io.cordon.agent.os.LocalRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of {@code cordon.exe}: all of it is the caller's word.
 *
 * @param cwd as the caller gave it: absolute, on a drive or a network share; not yet opened
 * @param handles in the caller's process
 */
record Opening(
        LocalRequest.Operation operation,
        String cwd,
        List<String> argv,
        Map<String, String> env,
        @Nullable String session,
        @Nullable String toolCall,
        @Nullable String reason,
        @Nullable String traceparent,
        Map<String, String> args,
        StandardHandles handles) {

    Opening {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        args = Map.copyOf(args);
    }

    /** @param canonical the working directory as Windows resolved it in the caller's name */
    LocalRequest attested(long id, Caller caller, String canonical) {
        return new LocalRequest(
                id, operation, caller, canonical, argv, env, session, toolCall, reason, traceparent, args);
    }
}
