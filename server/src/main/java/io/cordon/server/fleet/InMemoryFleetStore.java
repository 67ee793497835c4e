package io.cordon.server.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The reference: maps. */
public final class InMemoryFleetStore implements FleetStore {

    private static final Comparator<Endpoint> ORDER = Comparator.comparing(
                    (Endpoint endpoint) -> endpoint.facts().hostname())
            .thenComparing(endpoint -> endpoint.id().toString());

    private final Map<UUID, Endpoint> endpoints = new HashMap<>();
    private final Map<String, Issued> certificates = new HashMap<>();
    private final Map<UUID, List<Attempt>> history = new HashMap<>();

    private record Issued(UUID endpointId, Instant notAfter, boolean used) {}

    @Override
    public synchronized Endpoint enroll(Enrollment enrollment) {
        Endpoint known = endpoints.values().stream()
                .filter(endpoint -> endpoint.machineId().equals(enrollment.machineId()))
                .findFirst()
                .orElse(null);
        Endpoint endpoint = known == null
                ? new Endpoint(
                        enrollment.id(),
                        enrollment.machineId(),
                        enrollment.facts(),
                        enrollment.group(),
                        enrollment.tags(),
                        enrollment.at(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)
                : with(known, enrollment.facts(), enrollment.group(), enrollment.tags(), enrollment.at());
        endpoints.put(endpoint.id(), endpoint);
        return endpoint;
    }

    private static Endpoint with(
            Endpoint known, Facts facts, String group, Map<String, String> tags, Instant enrolledAt) {
        return new Endpoint(
                known.id(),
                known.machineId(),
                facts,
                group,
                tags,
                enrolledAt,
                known.disabledAt(),
                known.lastContactAt(),
                known.health(),
                known.effectivePolicy(),
                known.lastAttempt(),
                known.certificate());
    }

    @Override
    public synchronized Optional<Endpoint> find(UUID id) {
        return Optional.ofNullable(endpoints.get(id));
    }

    @Override
    public synchronized List<Endpoint> list(FleetQuery query) {
        return endpoints.values().stream()
                .sorted(ORDER)
                .filter(endpoint -> query.after() == null || isAfter(endpoint, query.after()))
                .filter(endpoint -> query.text() == null || matches(endpoint, query.text()))
                .filter(endpoint -> query.state() == null
                        || query.state() == EndpointState.of(endpoint, query.publishedTargets(), query.now()))
                .limit(query.limit())
                .toList();
    }

    private static boolean isAfter(Endpoint endpoint, FleetQuery.Position position) {
        int byName = endpoint.facts().hostname().compareTo(position.hostname());
        return byName > 0
                || byName == 0
                        && endpoint.id().toString().compareTo(position.id().toString()) > 0;
    }

    private static boolean matches(Endpoint endpoint, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return List.of(
                        endpoint.facts().hostname(),
                        endpoint.group(),
                        endpoint.id().toString())
                .stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
    }

    @Override
    public synchronized boolean setDisabled(UUID id, @Nullable Instant at) {
        return change(
                id,
                known -> new Endpoint(
                        known.id(),
                        known.machineId(),
                        known.facts(),
                        known.group(),
                        known.tags(),
                        known.enrolledAt(),
                        at,
                        known.lastContactAt(),
                        known.health(),
                        known.effectivePolicy(),
                        known.lastAttempt(),
                        known.certificate()));
    }

    @Override
    public synchronized void addCertificate(UUID id, DeviceCertificate certificate) {
        certificates.put(certificate.serial(), new Issued(id, certificate.notAfter(), false));
        change(id, known -> withCertificate(known, certificate));
    }

    @Override
    public synchronized void withdrawCertificates(UUID id) {
        certificates.values().removeIf(issued -> issued.endpointId().equals(id));
        change(id, known -> withCertificate(known, null));
    }

    private static Endpoint withCertificate(Endpoint known, @Nullable DeviceCertificate certificate) {
        return new Endpoint(
                known.id(),
                known.machineId(),
                known.facts(),
                known.group(),
                known.tags(),
                known.enrolledAt(),
                known.disabledAt(),
                known.lastContactAt(),
                known.health(),
                known.effectivePolicy(),
                known.lastAttempt(),
                certificate);
    }

    @Override
    public synchronized Optional<Holder> holder(String serial) {
        return Optional.ofNullable(certificates.get(serial))
                .flatMap(issued -> find(issued.endpointId())
                        .map(endpoint -> new Holder(
                                endpoint.id(),
                                endpoint.disabledAt() != null,
                                issued.used(),
                                certificates.values().stream()
                                        .anyMatch(other -> other.used() && isBefore(issued, other)))));
    }

    private static boolean isBefore(Issued one, Issued other) {
        return one.endpointId().equals(other.endpointId()) && one.notAfter().isBefore(other.notAfter());
    }

    @Override
    public synchronized void use(String serial, Instant at) {
        Issued shown = certificates.get(serial);
        if (shown != null) {
            certificates.put(serial, new Issued(shown.endpointId(), shown.notAfter(), true));
            certificates
                    .values()
                    .removeIf(
                            other -> isBefore(other, shown) && other.notAfter().isBefore(at));
        }
    }

    @Override
    public synchronized void touch(Map<UUID, Instant> contacts) {
        contacts.forEach((id, at) -> change(id, known -> {
            Instant before = known.lastContactAt();
            return heard(
                    known,
                    known.facts(),
                    before == null || before.isBefore(at) ? at : before,
                    new Report(null, null, null, null, null, null, null),
                    known.lastAttempt());
        }));
    }

    @Override
    public synchronized void report(UUID id, Report report) {
        change(id, known -> {
            Facts facts = new Facts(
                    orElse(report.hostname(), known.facts().hostname()),
                    known.facts().os(),
                    orElse(report.osVersion(), known.facts().osVersion()),
                    known.facts().arch(),
                    orElse(report.agentVersion(), known.facts().agentVersion()));
            return heard(known, facts, known.lastContactAt(), report, standing(id, known, report.attempt()));
        });
    }

    private @Nullable Attempt standing(UUID id, Endpoint known, @Nullable Attempt attempt) {
        List<Attempt> past = history.computeIfAbsent(id, none -> new ArrayList<>());
        if (attempt == null || Attempts.isRepetition(past, attempt)) {
            return known.lastAttempt();
        }
        Attempt standing = Attempts.standing(known.lastAttempt(), past, attempt);
        past.add(0, attempt);
        return standing;
    }

    private static Endpoint heard(
            Endpoint known, Facts facts, @Nullable Instant contact, Report report, @Nullable Attempt attempt) {
        return new Endpoint(
                known.id(),
                known.machineId(),
                facts,
                known.group(),
                known.tags(),
                known.enrolledAt(),
                known.disabledAt(),
                contact,
                report.health() == null ? known.health() : report.health(),
                report.effectivePolicy() == null ? known.effectivePolicy() : report.effectivePolicy(),
                attempt,
                known.certificate());
    }

    private static String orElse(@Nullable String told, String known) {
        return told == null ? known : told;
    }

    private boolean change(UUID id, UnaryOperator<Endpoint> change) {
        return endpoints.computeIfPresent(id, (key, known) -> change.apply(known)) != null;
    }

    @Override
    public synchronized List<Attempt> attempts(UUID id, int limit) {
        return history.getOrDefault(id, List.of()).stream().limit(limit).toList();
    }
}
