package io.cordon.agent.ipc;

import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.RunListener;
import java.time.Instant;

/** What the spawner tells the agent. */
public sealed interface SpawnerMessage {
    /** It listens; sent once, first. */
    record Ready(ProcessLauncher.Features features) implements SpawnerMessage {}

    record Request(LocalRequest request) implements SpawnerMessage {}

    record Started(long id, long pid, Instant at) implements SpawnerMessage {}

    record Process(long id, RunListener.ProcessEvent event) implements SpawnerMessage {}

    record Exited(long id, RunListener.Exit exit) implements SpawnerMessage {}

    record Failed(long id, String stage, String error) implements SpawnerMessage {}
}
