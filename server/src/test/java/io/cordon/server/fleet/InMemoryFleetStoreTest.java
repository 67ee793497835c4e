package io.cordon.server.fleet;

class InMemoryFleetStoreTest extends FleetStoreContract {

    private final InMemoryFleetStore store = new InMemoryFleetStore();

    @Override
    FleetStore store() {
        return store;
    }
}
