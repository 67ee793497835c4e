package io.cordon.server.fleet;

class InMemoryInventoryStoreTest extends InventoryStoreContract {

    private final FleetStore fleet = new InMemoryFleetStore();
    private final InventoryStore store = new InMemoryInventoryStore(fleet);

    @Override
    InventoryStore store() {
        return store;
    }

    @Override
    FleetStore fleet() {
        return fleet;
    }
}
