package io.cordon.server.fleet;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
class PostgresInventoryStoreTest extends InventoryStoreContract {

    @Inject
    PostgresInventoryStore store;

    @Inject
    PostgresFleetStore fleet;

    @Override
    InventoryStore store() {
        return store;
    }

    @Override
    FleetStore fleet() {
        return fleet;
    }
}
