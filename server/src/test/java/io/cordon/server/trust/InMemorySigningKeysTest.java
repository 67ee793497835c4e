package io.cordon.server.trust;

class InMemorySigningKeysTest extends SigningKeysContract {
    private final SigningKeys keys = new InMemorySigningKeys();

    @Override
    SigningKeys keys() {
        return keys;
    }
}
