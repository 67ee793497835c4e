package io.cordon.agent.main;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.agent.enrollment.EnrollmentResult;
import io.cordon.agent.enrollment.EnrollmentToken;
import io.cordon.agent.provision.AgentLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an installer left for the agent to enroll with: {@code enroll.json} in the data folder, {@code {"server": "https://…",
 * "token": "cet1.…"}}; the server may be missing where it is managed otherwise, and a managed one wins. The installer needs no
 * network then, and an installation never fails because the server is away.
 *
 * <p>The file counts only when it belongs to the account that the agent runs as: whoever else got it there must not choose the
 * server. It is deleted once it was used or can never be.
 */
final class PendingEnrollment {
    private static final String FILE = "enroll.json";
    private static final int LONGEST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Enrolls for once. */
    interface Attempt {
        EnrollmentResult enroll(URI server, EnrollmentToken token)
                throws IOException, InterruptedException, CommandException;
    }

    /** What one look at the file came to. */
    sealed interface Step {
        /** There is no file. */
        record Nothing() implements Step {}

        /** This machine is an endpoint now; the file is gone. */
        record Done(String endpointId) implements Step {}

        /** It did not work and later it may. */
        record Later(String message) implements Step {}

        /** It did not work and never will; the file is gone. */
        record Useless(String message) implements Step {}
    }

    private final Path file;
    private final Optional<String> managedServer;
    private final Attempt attempt;

    /** @param managedServer the address that an administrator set for this machine */
    PendingEnrollment(AgentLayout layout, Optional<String> managedServer, Attempt attempt) {
        this.file = file(layout);
        this.managedServer = managedServer;
        this.attempt = attempt;
    }

    static Path file(AgentLayout layout) {
        return layout.data().resolve(FILE);
    }

    Step step() throws InterruptedException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Step.Nothing();
        }
        try {
            requireOwn();
            JsonNode wish = JSON.readTree(content());
            URI server = EnrollCommand.server(
                    managedServer.isPresent() ? "the managed server address" : file + ": server",
                    managedServer.orElse(wish.path("server").asText()));
            EnrollmentToken.Parsed parsed =
                    EnrollmentToken.parse(wish.path("token").asText());
            if (parsed instanceof EnrollmentToken.Parsed.NotAToken not) {
                return useless(file + ": " + not.message());
            }
            return after(attempt.enroll(server, ((EnrollmentToken.Parsed.Token) parsed).token()));
        } catch (JacksonException e) {
            return new Step.Later(file + ": not JSON (expected: {\"server\": …, \"token\": …}). Write it again");
        } catch (CommandException e) {
            return new Step.Later(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Step.Later(file + ": " + e.getMessage());
        }
    }

    private Step after(EnrollmentResult result) throws IOException {
        if (result instanceof EnrollmentResult.Enrolled enrolled) {
            Files.delete(file);
            return new Step.Done(enrolled.identity().endpointId());
        }
        EnrollmentResult.Failed failed = (EnrollmentResult.Failed) result;
        return switch (failed.failure()) {
            case TOKEN_MALFORMED, TOKEN_UNKNOWN, TOKEN_USED, TOKEN_EXPIRED, TOKEN_REVOKED, OTHER_FLEET ->
                useless(failed.message());
            case UNREACHABLE, PIN_MISMATCH, HOST_NAME, CLOCK, NOT_CORDON, SERVER_BUSY, REFUSED, TRUST, CORRUPT ->
                new Step.Later(failed.message());
        };
    }

    private Step useless(String message) throws IOException {
        Files.delete(file);
        return new Step.Useless(message);
    }

    private byte[] content() throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
            throw new IOException("not a regular file of at most " + LONGEST + " bytes. Remove it");
        }
        return Files.readAllBytes(file);
    }

    /** Accounts have other names in other languages; a file that we make ourselves has the right owner in any. */
    private void requireOwn() throws IOException {
        Path ours = Files.createTempFile(file.getParent(), "owner", ".tmp");
        try {
            var owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(Files.getOwner(ours))) {
                throw new IOException("belongs to " + owner.getName() + " (expected: " + Files.getOwner(ours)
                        + "). It is not used; look where it comes from and remove it");
            }
        } finally {
            Files.delete(ours);
        }
    }
}
