package io.cordon.server.policy;

import java.util.function.Supplier;

class InMemoryPolicyStoreTest extends PolicyStoreContract {
    private final PolicyStore store = new InMemoryPolicyStore();

    @Override
    PolicyStore store() {
        return store;
    }

    @Override
    <T> T inTransaction(Supplier<T> work) {
        return work.get();
    }
}
