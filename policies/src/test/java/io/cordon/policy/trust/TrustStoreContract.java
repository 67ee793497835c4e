package io.cordon.policy.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TrustStore} does. */
abstract class TrustStoreContract {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);

    /** A view on one and the same empty store, at every call. */
    abstract TrustStore store() throws IOException;

    @ParameterizedTest
    @EnumSource
    void keepsEveryFileByteForByte(StoredFile file) throws IOException {
        byte[] bytes = {0, -1, '\r', '\n', ' '};
        assertEquals(Optional.empty(), store().read(file));

        store().write(file, bytes);
        assertArrayEquals(bytes, store().read(file).orElseThrow());
        store().write(file, new byte[0]);
        assertArrayEquals(new byte[0], store().read(file).orElseThrow());

        store().delete(file);
        store().delete(file);
        assertEquals(Optional.empty(), store().read(file));
    }

    @Test
    void filesDoNotShareTheirContent() throws IOException {
        for (StoredFile file : StoredFile.values()) {
            store().write(file, file.name().getBytes(StandardCharsets.UTF_8));
        }
        store().delete(StoredFile.TIMESTAMP);
        for (StoredFile file : StoredFile.values()) {
            Optional<String> text = store().read(file).map(String::new);
            assertEquals(file == StoredFile.TIMESTAMP ? Optional.empty() : Optional.of(file.name()), text);
        }
    }

    @Test
    void laterChangesOfTheCallersArrayDoNotReachTheStore() throws IOException {
        byte[] bytes = {1, 2, 3};
        store().write(StoredFile.ROOT, bytes);
        bytes[0] = 9;
        store().read(StoredFile.ROOT).orElseThrow()[1] = 9;

        assertArrayEquals(new byte[] {1, 2, 3}, store().read(StoredFile.ROOT).orElseThrow());
    }

    @Test
    void targetsAreKeptByHashAndDroppedWhenNotRetained() throws IOException {
        store().writeTarget(HASH, new byte[] {1});
        store().writeTarget(OTHER, new byte[] {2});

        store().retainTargets(Set.of(HASH));

        assertArrayEquals(new byte[] {1}, store().readTarget(HASH).orElseThrow());
        assertEquals(Optional.empty(), store().readTarget(OTHER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../root.json", "0123", "root.json"})
    void whatIsNoHashNeverNamesATarget(String text) {
        assertThrows(IllegalArgumentException.class, () -> store().readTarget(text));
        assertThrows(IllegalArgumentException.class, () -> store().writeTarget(text, new byte[0]));
    }

    @Test
    void lockIsHeldByOneAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CompletableFuture<?>[] all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < 25; round++) {
                        try (TrustStore.Lock held = store().lock()) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).get(180, TimeUnit.SECONDS);

        assertEquals(1, most.get());
    }

    @Test
    void secondHolderWaitsUntilTheFirstLetsGo() throws IOException, InterruptedException, ExecutionException {
        TrustStore.Lock first = store().lock();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> {
            try (TrustStore.Lock held = store().lock()) {
                return true;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThrows(TimeoutException.class, () -> second.get(100, TimeUnit.MILLISECONDS));
        assertFalse(second.isDone());

        first.close();

        assertTrue(second.get());
    }
}
