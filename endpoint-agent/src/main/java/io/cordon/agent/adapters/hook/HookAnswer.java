package io.cordon.agent.adapters.hook;

import org.jspecify.annotations.Nullable;

/** What an agent is told. */
public sealed interface HookAnswer {
    /** No opinion: the agent goes on as it would without a hook. */
    record Nothing() implements HookAnswer {}

    /** No opinion, but if the command runs, this runs in its place. */
    record Replace(Rewritten instead) implements HookAnswer {}

    /** @param instead what runs in place of the command, if anything else does */
    record Allow(String reason, @Nullable Rewritten instead) implements HookAnswer {}

    /** The developer is to be asked, in the agent's own dialog. */
    record Ask(String reason, @Nullable Rewritten instead) implements HookAnswer {}

    /** @param reason for the model: why, and what it can do */
    record Deny(String reason) implements HookAnswer {}
}
