package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several clients over one directory, each with a store of its own, while the repository is published to. */
class ConcurrencyTest {
    @TempDir
    Path directory;

    private final Repository repository = new Repository();

    @Test
    void clientsOverOneDirectorySeeOnlyWholeStatesAndNeverOlderOnes() throws Exception {
        repository.publish("policies/a.yaml", "0");
        assertInstanceOf(SeedResult.Pinned.class, client().initialise(repository.published.seed()));
        List<CompletableFuture<Void>> clients = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(this::follow))
                .toList();
        for (CompletableFuture<Void> each : clients) {
            each.get(180, TimeUnit.SECONDS);
        }

        repository.publish("policies/a.yaml", "last");
        assertEquals(3, verified(client().refresh()).versions().targets());
        ContentResult.Complete content = assertInstanceOf(ContentResult.Complete.class, client().downloadAll());
        assertEquals("last", new String(content.content().get("policies/a.yaml")));
    }

    private void follow() {
        try {
            TrustClient client = client();
            long seen = 0;
            for (int round = 0; round < 10; round++) {
                long version = verified(client.refresh()).versions().targets();
                assertEquals(true, version >= seen);
                seen = version;
                ContentResult.Complete content = assertInstanceOf(ContentResult.Complete.class, client.downloadAll());
                assertEquals("0", new String(content.content().get("policies/a.yaml")));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustClient client() throws IOException {
        return repository.client(new FileTrustStore(directory));
    }
}
