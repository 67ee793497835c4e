package io.cordon.server.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.server.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The fleet in PostgreSQL. */
@ApplicationScoped
public class PostgresFleetStore implements FleetStore {

    private static final String SELECT = "select e.*, c.serial, c.not_before, c.not_after from endpoints e"
            + " left join lateral (select * from endpoint_certificates x where x.endpoint_id = e.id"
            + " order by not_after desc, serial limit 1) c on true";

    /** {@link EndpointState#of(Endpoint, long, Instant)} in SQL; the contract test holds the two together. */
    private static final String STATE = "case when disabled_at is not null then 'disabled'"
            + " when effective_policy is null or last_contact_at is null then 'never-synced'"
            + " when last_contact_at < ? then 'silent'"
            + " when attempt_status = 'FAILED' then 'refused'"
            + " when stale_since is not null then 'stale'"
            + " when targets_version = ? then 'in-force'"
            + " else 'pending' end";

    private final Sql sql;
    private final EndpointRows rows;

    public PostgresFleetStore(DataSource database, ObjectMapper json) {
        this.sql = new Sql(database);
        this.rows = new EndpointRows(json);
    }

    @Override
    @Transactional
    public Endpoint enroll(Enrollment enrollment) {
        Facts facts = enrollment.facts();
        UUID id = sql.first(
                        "insert into endpoints(id, machine_id, hostname, os, os_version, arch, agent_version, group_name,"
                                + " tags, enrolled_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)"
                                + " on conflict (machine_id) do update set hostname = excluded.hostname, os = excluded.os,"
                                + " os_version = excluded.os_version, arch = excluded.arch,"
                                + " agent_version = excluded.agent_version, group_name = excluded.group_name,"
                                + " tags = excluded.tags, enrolled_at = excluded.enrolled_at returning id",
                        row -> row.getObject(1, UUID.class),
                        enrollment.id(),
                        enrollment.machineId(),
                        facts.hostname(),
                        facts.os(),
                        facts.osVersion(),
                        facts.arch(),
                        facts.agentVersion(),
                        enrollment.group(),
                        rows.write(enrollment.tags()),
                        enrollment.at())
                .orElseThrow();
        return find(id).orElseThrow();
    }

    @Override
    public Optional<Endpoint> find(UUID id) {
        return sql.first(SELECT + " where e.id = ?", rows::read, id);
    }

    @Override
    public List<Endpoint> list(FleetQuery query) {
        StringBuilder where = new StringBuilder(" where true");
        List<Object> parameters = new ArrayList<>();
        if (query.after() != null) {
            where.append(" and (hostname collate \"C\", id) > (?, ?)");
            parameters.add(query.after().hostname());
            parameters.add(query.after().id());
        }
        if (query.text() != null) {
            where.append(" and (strpos(lower(hostname), lower(?)) > 0 or strpos(lower(group_name), lower(?)) > 0"
                    + " or strpos(e.id::text, lower(?)) > 0)");
            parameters.addAll(List.of(query.text(), query.text(), query.text()));
        }
        if (query.state() != null) {
            where.append(" and ").append(STATE).append(" = ?");
            parameters.add(query.now().minus(EndpointState.SILENCE));
            parameters.add(query.publishedTargets());
            parameters.add(query.state().wire());
        }
        parameters.add(query.limit());
        return sql.list(SELECT + where + " order by hostname collate \"C\", id limit ?", rows::read, parameters);
    }

    @Override
    public boolean setDisabled(UUID id, @Nullable Instant at) {
        return sql.update("update endpoints set disabled_at = ?::timestamptz where id = ?", at, id) > 0;
    }

    @Override
    public void addCertificate(UUID id, DeviceCertificate certificate) {
        sql.update(
                "insert into endpoint_certificates(serial, endpoint_id, not_before, not_after) values (?, ?, ?, ?)",
                certificate.serial(),
                id,
                certificate.notBefore(),
                certificate.notAfter());
    }

    @Override
    public void withdrawCertificates(UUID id) {
        sql.update("delete from endpoint_certificates where endpoint_id = ?", id);
    }

    @Override
    public Optional<Holder> holder(String serial) {
        return sql.first(
                "select e.id, e.disabled_at is not null, c.used_at is not null, exists (select 1 from"
                        + " endpoint_certificates x where x.endpoint_id = c.endpoint_id and x.not_after > c.not_after"
                        + " and x.used_at is not null)"
                        + " from endpoint_certificates c join endpoints e on e.id = c.endpoint_id where c.serial = ?",
                row -> new Holder(
                        row.getObject(1, UUID.class), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)),
                serial);
    }

    @Override
    @Transactional
    public void use(String serial, Instant at) {
        sql.update("update endpoint_certificates set used_at = ? where serial = ? and used_at is null", at, serial);
        sql.update(
                "delete from endpoint_certificates x using endpoint_certificates c where c.serial = ?"
                        + " and x.endpoint_id = c.endpoint_id and x.not_after < c.not_after and x.not_after < ?",
                serial,
                at);
    }

    @Override
    public void touch(Map<UUID, Instant> contacts) {
        // In the order of the ids, so that two nodes writing at once do not wait for each other in a circle.
        sql.batch(
                "update endpoints set last_contact_at = greatest(last_contact_at, ?) where id = ?",
                contacts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(contact -> List.<Object>of(contact.getValue(), contact.getKey()))
                        .toList());
    }

    @Override
    @Transactional
    public void report(UUID id, Report report) {
        Endpoint known = sql.first(SELECT + " where e.id = ? for update of e", rows::read, id)
                .orElse(null);
        if (known == null) {
            return;
        }
        EffectivePolicy policy = report.effectivePolicy();
        sql.update(
                "update endpoints set hostname = coalesce(?, hostname), os_version = coalesce(?, os_version),"
                        + " agent_version = coalesce(?, agent_version), health = coalesce(?::jsonb, health) where id = ?",
                report.hostname(),
                report.osVersion(),
                report.agentVersion(),
                report.health() == null ? null : rows.write(report.health()),
                id);
        if (policy != null) {
            sql.update(
                    "update endpoints set effective_policy = ?::jsonb, policy_name = ?, policy_version = ?,"
                            + " targets_version = ?, stale_since = ?::timestamptz where id = ?",
                    rows.write(policy),
                    policy.policyName(),
                    policy.policyVersion(),
                    policy.targetsVersion(),
                    policy.staleSince(),
                    id);
        }
        if (report.attempt() != null) {
            attempt(known, report.attempt());
        }
    }

    private void attempt(Endpoint known, Attempt attempt) {
        List<Attempt> past = attempts(known.id(), 100);
        if (Attempts.isRepetition(past, attempt)) {
            return;
        }
        sql.update(
                "insert into endpoint_attempts(endpoint_id, at, status, reason, config_hash) values (?, ?, ?, ?, ?)",
                known.id(),
                attempt.at(),
                attempt.status().name(),
                attempt.reason(),
                attempt.hash());
        Attempt standing = Attempts.standing(known.lastAttempt(), past, attempt);
        sql.update(
                "update endpoints set attempt_at = ?, attempt_status = ?, attempt_reason = ?, attempt_hash = ?,"
                        + " offered_hash = ? where id = ?",
                standing.at(),
                standing.status().name(),
                standing.reason(),
                standing.hash(),
                attempt.hash(),
                known.id());
    }

    @Override
    public List<Attempt> attempts(UUID id, int limit) {
        return sql.list(
                "select * from endpoint_attempts where endpoint_id = ? order by id desc limit ?",
                row -> new Attempt(
                        Sql.requiredInstant(row, "at"),
                        Attempt.Status.valueOf(row.getString("status")),
                        row.getString("reason"),
                        row.getBytes("config_hash")),
                List.of(id, limit));
    }
}
