package io.cordon.agent.os;

import java.util.List;

class MemoryFileAccessTest extends FileAccessContract {
    @Override
    protected FileAccess files() {
        return new MemoryFileAccess(List.of(CORDON));
    }
}
