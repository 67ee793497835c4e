package io.cordon.server.fleet;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
class PostgresFleetStoreTest extends FleetStoreContract {

    @Inject
    PostgresFleetStore store;

    @Override
    FleetStore store() {
        return store;
    }
}
