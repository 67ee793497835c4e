package io.cordon.agent.testing;

import io.cordon.agent.os.SecretStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Files in memory that survive a "crash" and can be made to crash at any write. */
public final class TestSecrets implements SecretStore {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> writes = new ArrayList<>();
    private int writesLeft = Integer.MAX_VALUE;

    /** The machine loses power at the write after this many more. */
    public void crashAfterWrites(int count) {
        writesLeft = count;
    }

    /** The machine is back. */
    public void recover() {
        writesLeft = Integer.MAX_VALUE;
    }

    public List<String> writes() {
        return writes;
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
        if (writesLeft == 0) {
            throw new IOException("power lost before " + name);
        }
        writesLeft--;
        writes.add(name);
        files.put(name, value.clone());
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }
}
