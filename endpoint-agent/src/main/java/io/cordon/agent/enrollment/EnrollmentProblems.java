package io.cordon.agent.enrollment;

import io.cordon.agent.enrollment.EnrollmentResult.Failed;
import io.cordon.agent.enrollment.EnrollmentResult.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong at first contact into one sentence that says what to do. */
final class EnrollmentProblems {
    private static final int CREATED = 201;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private EnrollmentProblems() {}

    /** Null when the reply grants the enrollment. */
    static @Nullable Failed of(ServerReply reply, URI server, Instant now, Duration tolerance) {
        ServerReply.Problem problem = reply.problem();
        if (problem.code().startsWith("enrollment.")) {
            return ofCode(problem, server);
        }
        Duration skew = reply.date().map(date -> Duration.between(date, now)).orElse(Duration.ZERO);
        if (skew.abs().compareTo(tolerance) > 0) {
            return new Failed(
                    Failure.CLOCK,
                    "this machine's clock is " + words(skew.abs()) + (skew.isNegative() ? " behind" : " ahead of")
                            + " the server's. Set the clock (timedatectl) and run the same command again; the token is"
                            + " still good for this machine");
        }
        if (reply.status() == CREATED) {
            return null;
        }
        if (reply.status() == TOO_MANY || reply.status() >= SERVER_ERROR) {
            return new Failed(
                    Failure.SERVER_BUSY,
                    server + " answers " + reply.status() + detail(problem)
                            + ". Run the same command again later; the token is still good for this machine");
        }
        if (problem.code().isEmpty()) {
            return notCordon(server, "it answers " + reply.status() + " to an enrollment");
        }
        return new Failed(Failure.REFUSED, server + " refuses: " + problem.code() + detail(problem));
    }

    private static Failed ofCode(ServerReply.Problem problem, URI server) {
        return switch (problem.code()) {
            case "enrollment.token-unknown" ->
                new Failed(
                        Failure.TOKEN_UNKNOWN,
                        server + " does not know this enrollment token. Check that it is for this server and complete");
            case "enrollment.token-used" ->
                new Failed(
                        Failure.TOKEN_USED,
                        "this enrollment token was used by another machine or key. Create a new one in the console"
                                + " under Enrollment; each is good for one machine");
            case "enrollment.token-expired" ->
                new Failed(
                        Failure.TOKEN_EXPIRED,
                        "this enrollment token has expired. Create a new one in the console under Enrollment");
            case "enrollment.token-revoked" ->
                new Failed(
                        Failure.TOKEN_REVOKED,
                        "this enrollment token was revoked by an administrator. Ask for a new one");
            default -> new Failed(Failure.REFUSED, server + " refuses: " + problem.code() + detail(problem));
        };
    }

    /** For an exchange that ended without a reply. */
    static Failed of(IOException failure, URI server) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof PinnedTrust.PinMismatch mismatch) {
                return new Failed(
                        Failure.PIN_MISMATCH,
                        "the server at " + server + " is not the one that issued this token: " + mismatch.getMessage()
                                + ". Check the URL, and that nothing on the way opens TLS; nothing was sent to it");
            }
            if (each instanceof CertificateExpiredException || each instanceof CertificateNotYetValidException) {
                return new Failed(
                        Failure.CLOCK,
                        "the certificate of " + server + " is not valid at this machine's time: " + each.getMessage()
                                + ". Check this machine's clock first (timedatectl), then the server's certificate");
            }
            if (each instanceof CertificateException
                    && String.valueOf(each.getMessage()).startsWith("No ")) {
                return new Failed(
                        Failure.HOST_NAME,
                        "the certificate of the server is not for " + server.getHost() + " (" + each.getMessage()
                                + "). Use the name in the server's certificate (its CORDON_PUBLIC_URL)");
            }
            if (each instanceof ReplyTooLargeException) {
                return notCordon(server, String.valueOf(each.getMessage()));
            }
        }
        return ofConnection(failure, server);
    }

    private static Failed ofConnection(IOException failure, URI server) {
        if (failure instanceof SSLException) {
            return notCordon(server, "TLS fails with it: " + failure.getMessage());
        }
        String why = String.valueOf(failure.getMessage());
        if (failure instanceof HttpTimeoutException) {
            why = "no reply in time";
        }
        return new Failed(
                Failure.UNREACHABLE,
                server + " cannot be reached: " + why
                        + ". Check the URL, the network and the firewall, then run the same command again");
    }

    static Failed notCordon(URI server, String why) {
        return new Failed(
                Failure.NOT_CORDON, server + " is not a Cordon server: " + why + ". Check the URL and the port");
    }

    private static String detail(ServerReply.Problem problem) {
        return problem.detail().isEmpty() ? "" : " (" + problem.detail() + ")";
    }

    private static String words(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        return duration.toHours() > 1 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
