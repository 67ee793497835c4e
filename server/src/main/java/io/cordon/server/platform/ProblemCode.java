package io.cordon.server.platform;

import java.util.Locale;

/**
 * Every error that the server answers with: its stable dotted code ({@code domain.reason}), HTTP status and title. The one
 * table: a client may rely on the code for ever, the title and the detail are for people.
 */
public enum ProblemCode {
    PLATFORM_BAD_REQUEST(400, "The request cannot be understood"),
    PLATFORM_INVALID(400, "The request has invalid values"),
    PLATFORM_BAD_CURSOR(400, "The cursor is not one that this list gave out"),
    PLATFORM_NOT_FOUND(404, "There is nothing at this address"),
    PLATFORM_METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    PLATFORM_NOT_ACCEPTABLE(406, "No acceptable representation"),
    PLATFORM_TOO_LARGE(413, "The request is too large"),
    PLATFORM_UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
    PLATFORM_INTERNAL(500, "The server failed"),
    PLATFORM_UNAVAILABLE(503, "The server is not ready"),

    ACCESS_NOT_SIGNED_IN(401, "Not signed in"),
    ACCESS_BAD_CREDENTIALS(401, "User or password is wrong"),
    ACCESS_RATE_LIMITED(429, "Too many attempts"),
    ACCESS_CSRF(403, "The request lacks its anti-forgery header"),
    ACCESS_FORBIDDEN(403, "Not permitted"),
    ACCESS_REASON_REQUIRED(400, "A reason is required"),
    ACCESS_USER_NOT_FOUND(404, "There is no such user"),
    ACCESS_USER_EXISTS(409, "The user exists already"),
    ACCESS_LAST_ADMINISTRATOR(409, "The last administrator must stay"),
    ACCESS_OIDC_NO_ROLE(403, "The identity provider gave no role"),

    ENROLLMENT_TOKEN_UNKNOWN(401, "The enrollment token is not known"),
    ENROLLMENT_TOKEN_USED(409, "The enrollment token has been used"),
    ENROLLMENT_TOKEN_EXPIRED(410, "The enrollment token has expired"),
    ENROLLMENT_TOKEN_REVOKED(410, "The enrollment token has been revoked"),
    ENROLLMENT_TOKEN_NOT_FOUND(404, "There is no such enrollment token"),
    ENROLLMENT_CSR_INVALID(400, "The certificate request is invalid"),

    FLEET_CERTIFICATE_REQUIRED(401, "A device certificate is required"),
    FLEET_CERTIFICATE_UNKNOWN(401, "The device certificate is not one of this server's"),
    FLEET_CERTIFICATE_EXPIRED(401, "The device certificate has expired"),
    FLEET_ENDPOINT_DISABLED(403, "The endpoint is disabled"),
    FLEET_ENDPOINT_NOT_FOUND(404, "There is no such endpoint"),
    FLEET_IDENTITY_MISMATCH(403, "The message is not from the certificate's endpoint"),
    FLEET_UNDECODABLE(400, "The message cannot be decoded"),
    FLEET_INVENTORY_TOO_LARGE(413, "The inventory is too large"),

    POLICY_DOCUMENT_INVALID(422, "The policy document is invalid"),
    POLICY_REVISION_CONFLICT(409, "The policy has been changed meanwhile"),
    POLICY_NOT_FOUND(404, "There is no such policy"),
    POLICY_EXISTS(409, "The policy exists already"),
    POLICY_NO_DRAFT(409, "There is no draft"),
    POLICY_REFERENCE_BROKEN(422, "The documents do not fit together"),

    INVESTIGATION_SESSION_NOT_FOUND(404, "There is no such session"),
    INVESTIGATION_TRACE_NOT_FOUND(404, "There is no such trace"),

    TELEMETRY_UNDECODABLE(400, "The telemetry cannot be decoded"),
    TELEMETRY_TOO_LARGE(413, "The telemetry batch is too large");

    private final int status;
    private final String title;
    private final String code;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
        String name = name().toLowerCase(Locale.ROOT);
        int domain = name.indexOf('_');
        this.code = name.substring(0, domain) + "." + name.substring(domain + 1).replace('_', '-');
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** One short sentence for people, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The stable code on the wire, such as {@code enrollment.token-used}. */
    public String code() {
        return code;
    }
}
