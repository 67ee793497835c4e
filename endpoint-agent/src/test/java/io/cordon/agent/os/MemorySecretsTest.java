package io.cordon.agent.os;

class MemorySecretsTest extends SecretStoreContract {
    private final MemorySecrets secrets = new MemorySecrets();

    @Override
    protected SecretStore secrets() {
        return secrets;
    }
}
