package io.cordon.policy.document;

import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Assignments;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.HostPattern;
import io.cordon.policy.model.Metadata;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.PolicyException;
import io.cordon.policy.model.PolicyName;
import io.cordon.policy.model.ProtectedPath;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.SandboxPolicy;
import io.cordon.policy.model.Telemetry;
import io.cordon.policy.model.Tightening;
import io.cordon.policy.model.Widening;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds model documents from text that the schema accepted, and checks what the schema cannot say (SPEC 1.4). */
final class DocumentBinder {

    private static final Duration LONGEST_EXCEPTION = Duration.ofDays(90);

    private DocumentBinder() {}

    static @Nullable PolicyDocument bind(Cursor root) {
        Metadata metadata = metadata(root.at("metadata"));
        Cursor spec = root.at("spec");
        return root.attempt(() -> switch (DocumentKind.ofWord(root.at("kind").text(""))) {
            case SANDBOX_POLICY -> sandboxPolicy(metadata, spec);
            case TIGHTENING -> tightening(metadata, spec);
            case EXCEPTION -> exception(metadata, spec);
            case ASSIGNMENTS -> assignments(metadata, root.at("metadata").at("name"), spec);
        });
    }

    private static Metadata metadata(Cursor metadata) {
        PolicyName name = new PolicyName(metadata.at("name").text(""));
        return new Metadata(
                name,
                metadata.at("title").text(name.value()),
                metadata.at("description").text(""),
                metadata.at("contact").text(""),
                time(metadata.at("created")));
    }

    private static SandboxPolicy sandboxPolicy(Metadata metadata, Cursor spec) {
        Cursor filesystem = spec.at("filesystem");
        Cursor network = spec.at("network");
        Cursor commands = spec.at("commands");
        return new SandboxPolicy(
                metadata,
                spec.source(),
                Mode.ofWord(spec.at("mode").text("")),
                new Filesystem(
                        filesystem.at("read").at("deny").texts(PathPattern::new),
                        filesystem.at("write").at("roots").texts(PathPattern::new),
                        filesystem.at("write").at("protect").texts(ProtectedPath::new),
                        List.of()),
                new Network(
                        NetworkMode.ofWord(network.at("mode").text("")),
                        Sections.hosts(network.at("allow")),
                        Sections.hosts(network.at("deny")),
                        network.at("loopback").at("ports").numbers()),
                Sections.process(spec.at("process")),
                new Commands(
                        Decision.ofWord(commands.at("default").text("")),
                        Decision.ofWord(commands.at("unknown").text("")),
                        Rules.bind(commands.at("rules")),
                        List.of()),
                AgentSections.whole(spec.at("agents")),
                telemetry(spec.at("telemetry")));
    }

    private static Telemetry telemetry(Cursor telemetry) {
        return new Telemetry(
                telemetry.at("arguments").optional(ArgumentCapture::ofWord).orElse(Telemetry.DEFAULT.arguments()),
                telemetry.at("redact").texts(RedactionPattern::new),
                telemetry.at("retainDays").number(Telemetry.DEFAULT.retainDays()),
                telemetry.at("agentEvents").optional(AgentEvents::ofWord).orElse(Telemetry.DEFAULT.agentEvents()));
    }

    private static Tightening tightening(Metadata metadata, Cursor spec) {
        Cursor read = spec.at("filesystem").at("read");
        Cursor write = spec.at("filesystem").at("write");
        Cursor network = spec.at("network");
        Cursor environment = spec.at("process").at("environment");
        Cursor commands = spec.at("commands");
        Cursor telemetry = spec.at("telemetry");
        return new Tightening(
                metadata,
                spec.source(),
                Sections.selector(spec.at("appliesTo")),
                spec.at("mode").optional(Mode::ofWord),
                read.at("deny").texts(PathPattern::new),
                write.at("roots").optionalTexts(PathPattern::new),
                write.at("protect").texts(ProtectedPath::new),
                network.at("mode").optional(NetworkMode::ofWord),
                Sections.optionalHosts(network.at("allow")),
                Sections.hosts(network.at("deny")),
                Sections.optionalPorts(network.at("loopback").at("ports")),
                Sections.partialLimits(spec.at("process").at("limits")),
                environment.at("pass").optionalTexts(NamePattern::new),
                environment.at("withhold").texts(NamePattern::new),
                spec.at("process").at("debugging").optionalFlag(),
                commands.at("default").optional(Decision::ofWord),
                commands.at("unknown").optional(Decision::ofWord),
                Rules.bind(commands.at("rules")),
                AgentSections.partial(spec.at("agents")),
                telemetry.at("arguments").optional(ArgumentCapture::ofWord),
                telemetry.at("redact").texts(RedactionPattern::new),
                telemetry.at("retainDays").optionalNumber());
    }

    private static PolicyException exception(Metadata metadata, Cursor spec) {
        Instant until = time(spec.at("until"));
        Instant created = metadata.created();
        if (until != null && created != null) {
            checkDuration(spec.at("until"), created, until);
        }
        return new PolicyException(
                metadata,
                spec.source(),
                spec.at("owner").text(""),
                spec.at("reason").text(""),
                until == null ? Instant.EPOCH : until,
                Set.copyOf(spec.at("endpoints").texts(id -> id)),
                widening(spec.at("widen")));
    }

    private static void checkDuration(Cursor until, Instant created, Instant end) {
        Instant latest = created.plus(LONGEST_EXCEPTION);
        if (end.isAfter(latest)) {
            until.problem(
                    "until: " + end + " (expected: at most 90 days after metadata.created, " + latest + ")",
                    "Choose an earlier end; renew the exception when it is still needed then.");
        } else if (!end.isAfter(created)) {
            until.problem(
                    "until: " + end + " (expected: after metadata.created, " + created + ")",
                    "Choose an end in the future.");
        }
    }

    private static Widening widening(Cursor widen) {
        Cursor filesystem = widen.at("filesystem");
        Cursor network = widen.at("network");
        Cursor environment = widen.at("process").at("environment");
        Cursor commands = widen.at("commands");
        return new Widening(
                filesystem.at("read").at("allow").texts(PathPattern::new),
                filesystem.at("write").at("roots").texts(PathPattern::new),
                filesystem.at("write").at("unprotect").texts(ProtectedPath::new),
                network.at("mode").optional(NetworkMode::ofWord),
                Sections.hosts(network.at("allow")),
                network.at("undeny").texts(HostPattern::new),
                network.at("loopback").at("ports").numbers(),
                Sections.partialLimits(widen.at("process").at("limits")),
                environment.at("pass").texts(NamePattern::new),
                environment.at("unwithhold").texts(NamePattern::new),
                widen.at("process").at("debugging").optionalFlag(),
                commands.at("default").optional(Decision::ofWord),
                commands.at("unknown").optional(Decision::ofWord),
                commands.at("suspend").texts(id -> id),
                Rules.bind(commands.at("rules")));
    }

    private static Assignments assignments(Metadata metadata, Cursor name, Cursor spec) {
        if (!metadata.name().equals(Assignments.NAME)) {
            name.problem(
                    "name: " + metadata.name() + " (expected: assignments, there is one table)",
                    "Name it assignments.");
        }
        return new Assignments(
                metadata,
                spec.source(),
                spec.at("rules")
                        .items(rule -> new Assignments.AssignmentRule(
                                Sections.selector(rule.at("select")),
                                new PolicyName(rule.at("policy").text("")))));
    }

    private static @Nullable Instant time(Cursor time) {
        return time.optional(DocumentBinder::instant).orElse(null);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time: " + text + " (expected: a date that exists, as 2026-11-23T00:00:00Z)", e);
        }
    }
}
