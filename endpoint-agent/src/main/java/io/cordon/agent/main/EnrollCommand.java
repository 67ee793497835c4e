package io.cordon.agent.main;

import io.cordon.agent.enrollment.Enrollment;
import io.cordon.agent.enrollment.EnrollmentResult;
import io.cordon.agent.enrollment.EnrollmentToken;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.policy.trust.FetchException;
import io.cordon.policy.trust.FileTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.TrustClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code cordon-agent enroll}. A running agent notices the new identity by itself. */
final class EnrollCommand {
    private static final long LONGEST_FILE = 1 << 20;

    private EnrollCommand() {}

    static ExitCode run(Machine machine, List<String> words) throws CommandException, InterruptedException {
        Arguments arguments =
                Arguments.parse(machine, words, Set.of("server", "token", "token-file", "trust-root", "data"));
        URI server = server(machine, arguments);
        EnrollmentToken token = token(arguments);
        byte @Nullable [] root =
                arguments.one("trust-root").isPresent() ? content(Path.of(arguments.required("trust-root"))) : null;
        AgentLayout layout = arguments.layout();
        machine.requireAdministrator("enroll");
        Phases.prepareData(machine, layout);
        try {
            return finish(enroll(machine, layout, machine.secrets(layout), Clock.systemUTC(), server, token, root));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO,
                    "the identity cannot be stored in " + layout.data() + ": " + e.getMessage()
                            + ". Nothing is lost: free space or correct the folder, and run the same command again");
        }
    }

    /** One attempt; nobody else enrolls this machine meanwhile. */
    static EnrollmentResult enroll(
            Machine machine,
            AgentLayout layout,
            SecretStore secrets,
            Clock clock,
            URI server,
            EnrollmentToken token,
            byte @Nullable [] root)
            throws CommandException, IOException, InterruptedException {
        try (Ownership enrolling = Ownership.of(layout.identity())) {
            TrustClient trust = new TrustClient(
                    new FileTrustStore(layout.trust()), EnrollCommand::noFetch, clock, Limits.standard());
            return new Enrollment(
                            new IdentityStore(secrets), trust, machine.facts(secrets), clock, TimeLimits.standard())
                    .enroll(server, token, root);
        }
    }

    private static byte[] noFetch(String path, int most) throws FetchException {
        throw new FetchException("enrollment fetches nothing");
    }

    private static ExitCode finish(EnrollmentResult result) throws CommandException {
        if (result instanceof EnrollmentResult.Enrolled enrolled) {
            System.out.println((enrolled.again() ? "enrolled again: endpoint " : "enrolled: endpoint ")
                    + enrolled.identity().endpointId() + " at "
                    + enrolled.identity().server() + ", groups "
                    + enrolled.identity().certificate().groups());
            return ExitCode.OK;
        }
        EnrollmentResult.Failed failed = (EnrollmentResult.Failed) result;
        throw new CommandException(code(failed.failure()), failed.message());
    }

    private static ExitCode code(EnrollmentResult.Failure failure) {
        return switch (failure) {
            case TOKEN_MALFORMED -> ExitCode.BAD_CONFIG;
            case TOKEN_UNKNOWN -> ExitCode.TOKEN_UNKNOWN;
            case TOKEN_USED -> ExitCode.TOKEN_USED;
            case TOKEN_EXPIRED -> ExitCode.TOKEN_EXPIRED;
            case TOKEN_REVOKED -> ExitCode.TOKEN_REVOKED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case PIN_MISMATCH -> ExitCode.PIN_MISMATCH;
            case HOST_NAME -> ExitCode.HOST_NAME;
            case CLOCK -> ExitCode.CLOCK;
            case NOT_CORDON -> ExitCode.NOT_CORDON;
            case SERVER_BUSY -> ExitCode.TEMPORARY;
            case REFUSED -> ExitCode.REFUSED;
            case OTHER_FLEET -> ExitCode.OTHER_FLEET;
            case TRUST -> ExitCode.TRUST;
            case CORRUPT -> ExitCode.DATA_CORRUPT;
        };
    }

    private static URI server(Machine machine, Arguments arguments) throws CommandException {
        Optional<Machine.Managed> managed = machine.managedServer();
        if (managed.isEmpty()) {
            return server("--server", arguments.required("server"));
        }
        URI chosen = server(managed.get().from(), managed.get().value());
        Optional<String> given = arguments.one("server");
        if (given.isPresent() && !server("--server", given.get()).equals(chosen)) {
            throw new CommandException(
                    ExitCode.BAD_CONFIG,
                    "--server: " + given.get() + " (expected: " + chosen + ", as "
                            + managed.get().from() + " says). Leave --server out, or have that setting changed");
        }
        return chosen;
    }

    /** @param from where the text was given, for the message */
    static URI server(String from, String text) throws CommandException {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty())
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            // Said below.
        }
        throw new CommandException(
                ExitCode.BAD_CONFIG, from + ": " + text + " (expected: https://HOST[:PORT] and nothing more)");
    }

    private static EnrollmentToken token(Arguments arguments) throws CommandException {
        Optional<String> inline = arguments.one("token");
        Optional<String> file = arguments.one("token-file");
        if (inline.isPresent() == file.isPresent()) {
            throw Arguments.usage("--token, --token-file: " + (inline.isPresent() ? "both" : "none")
                    + " given (expected: one of them; a file does not show in the process list)");
        }
        String text = inline.isPresent()
                ? inline.get()
                : new String(content(Path.of(file.orElseThrow())), java.nio.charset.StandardCharsets.UTF_8);
        EnrollmentToken.Parsed parsed = EnrollmentToken.parse(text);
        if (parsed instanceof EnrollmentToken.Parsed.NotAToken not) {
            throw new CommandException(ExitCode.BAD_CONFIG, not.message());
        }
        return ((EnrollmentToken.Parsed.Token) parsed).token();
    }

    private static byte[] content(Path file) throws CommandException {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new CommandException(ExitCode.BAD_CONFIG, file + ": too large for what it should be");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_CONFIG, file + " cannot be read: " + e.getMessage());
        }
    }
}
