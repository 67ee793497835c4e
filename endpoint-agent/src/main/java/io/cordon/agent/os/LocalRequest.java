package io.cordon.agent.os;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a local process. Only {@code caller} and {@code cwd} are attested; the rest is the caller's word.
 *
 * @param id unique for the life of the channel; every answer names it
 * @param cwd absolute, canonical working directory as the kernel resolved it
 * @param argv what to run or explain; never empty for {@link Operation#RUN}
 * @param env the caller's environment
 * @param session name of the agent session, if given
 * @param toolCall id of the tool call that led here, if given
 * @param reason the agent's stated reason, if given
 * @param traceparent W3C trace context of the caller, unchecked
 * @param args op-specific options as text, for example {@code json=true} or {@code kind=path}
 */
public record LocalRequest(
        long id,
        Operation operation,
        Caller caller,
        String cwd,
        List<String> argv,
        Map<String, String> env,
        @Nullable String session,
        @Nullable String toolCall,
        @Nullable String reason,
        @Nullable String traceparent,
        Map<String, String> args) {

    /** What is asked for. */
    public enum Operation {
        RUN,
        STATUS,
        EXPLAIN,
        HOOK
    }

    public LocalRequest {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        args = Map.copyOf(args);
    }

    /** Whether the option was given as {@code true}. */
    public boolean flag(String name) {
        return "true".equals(args.get(name));
    }
}
