package io.cordon.agent.os;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class MemoryLaunchingTest extends LaunchingContract {
    private final MemoryChannel channel = new MemoryChannel();
    private final MemoryLauncher launcher = new MemoryLauncher();
    private final AtomicLong ids = new AtomicLong();

    @Override
    protected LocalChannel channel() {
        return channel;
    }

    @Override
    protected ProcessLauncher launcher() {
        return launcher;
    }

    @Override
    protected Asker ask() {
        long id = ids.incrementAndGet();
        CompletableFuture<LocalReply> reply = channel.send(new LocalRequest(
                id,
                LocalRequest.Operation.RUN,
                new Caller(7, new Account.Posix(1000, 1000, List.of()), 1, "/bin/sh", -1, 7),
                "/home/ada/project",
                List.of("wait"),
                Map.of(),
                null,
                null,
                null,
                null,
                Map.of()));
        return new Asker() {
            private int exit = 137;

            @Override
            public void finish(int status) {
                exit = status;
                launcher.exit(id, status, Instant.EPOCH);
            }

            @Override
            public boolean told() {
                return reply.isDone() || launcher.wasRecorded(id);
            }

            @Override
            public LocalReply answer() throws Exception {
                return launcher.wasRecorded(id) ? new LocalReply(exit, "", "") : reply.get(60, TimeUnit.SECONDS);
            }
        };
    }

    @Override
    protected ConfinementPlan plan(LocalRequest request, boolean sound) {
        return new ConfinementPlan(
                new Principal("ada", new Account.Posix(1000, 1000, List.of()), "/home/ada"),
                request.cwd(),
                sound ? request.argv() : List.of("other"),
                Map.of(),
                new FileView.Mounts(List.of(), List.of()),
                NetworkPlan.Granted.offline(),
                false,
                ConfinementPlan.Limits.NONE,
                "cordon");
    }

    @Override
    protected void handedOver(long id, boolean sound) {
        if (sound) {
            launcher.start(id, Instant.EPOCH);
        } else {
            launcher.fail(id, "plan-check", "not what was asked for");
        }
    }

    @Override
    protected void die() {
        launcher.die("the test says so");
        channel.breakOff("the test says so");
    }
}
