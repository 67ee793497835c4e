package io.cordon.server.fleet;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** A certificate issued to an endpoint. @param serial hexadecimal */
public record DeviceCertificate(
        @NotNull String serial,
        @NotNull Instant notBefore,
        @NotNull Instant notAfter) {}
