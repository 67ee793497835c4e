package io.cordon.policy.trust;

/** The reference store keeps the contract. */
class InMemoryTrustStoreTest extends TrustStoreContract {
    private final InMemoryTrustStore store = new InMemoryTrustStore();

    @Override
    TrustStore store() {
        return store;
    }
}
