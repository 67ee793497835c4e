package io.cordon.agent.enrollment;

import io.cordon.agent.os.SecretStore;
import io.cordon.policy.document.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The id by which a server recognises this machine when it enrolls again. It comes from {@code /etc/machine-id}, or
 * Windows' {@code MachineGuid}; a machine
 * without one (an image that was never booted, some containers) gets a random id that is kept with the identity.
 */
public final class MachineId {
    private static final String GENERATED = "machine-id";

    private MachineId() {}

    /** The id, 64 hexadecimal digits. */
    public static String of(Path operatingSystem, SecretStore identity) throws IOException {
        return of(
                Files.isReadable(operatingSystem)
                        ? Files.readString(operatingSystem).strip()
                        : "",
                identity);
    }

    /**
     * As {@link #of(Path, SecretStore)}.
     *
     * @param own what the operating system says, 32 hexadecimal digits; anything else is none
     */
    public static String of(String own, SecretStore identity) throws IOException {
        if (own.matches("[0-9a-f]{32}")) {
            return hash(own);
        }
        Optional<byte[]> kept = identity.read(GENERATED);
        if (kept.isPresent()) {
            return hash(new String(kept.get(), StandardCharsets.US_ASCII));
        }
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String generated = HexFormat.of().formatHex(random);
        identity.write(GENERATED, generated.getBytes(StandardCharsets.US_ASCII));
        return hash(generated);
    }

    private static String hash(String id) {
        return Digest.of(("cordon:" + id).getBytes(StandardCharsets.UTF_8)).hex();
    }
}
