package io.cordon.agent.enrollment;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Who this endpoint is to its server: complete, or it does not exist. */
public final class DeviceIdentity {
    private final URI server;
    private final DeviceKey key;
    private final DeviceCertificate certificate;
    private final List<X509Certificate> authorities;
    private final Instant enrolledAt;

    DeviceIdentity(
            URI server,
            DeviceKey key,
            DeviceCertificate certificate,
            List<X509Certificate> authorities,
            Instant enrolledAt) {
        this.server = server;
        this.key = key;
        this.certificate = certificate;
        this.authorities = List.copyOf(authorities);
        this.enrolledAt = enrolledAt;
    }

    /** The UUID that the server gave, in lower case. */
    public String endpointId() {
        return certificate.endpointId();
    }

    /** Base URL of the server, without a trailing slash. */
    public URI server() {
        return server;
    }

    public DeviceCertificate certificate() {
        return certificate;
    }

    public Instant enrolledAt() {
        return enrolledAt;
    }

    DeviceKey key() {
        return key;
    }

    List<X509Certificate> authorities() {
        return authorities;
    }

    DeviceIdentity renewed(DeviceCertificate newer, List<X509Certificate> newAuthorities) {
        return new DeviceIdentity(server, key, newer, newAuthorities, enrolledAt);
    }
}
