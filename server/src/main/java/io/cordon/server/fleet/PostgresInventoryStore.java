package io.cordon.server.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.server.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Inventories in PostgreSQL. */
@ApplicationScoped
public class PostgresInventoryStore implements InventoryStore {

    private static final String FROM = " from endpoint_agents a join endpoints e on e.id = a.endpoint_id where true";
    private static final String ORDER =
            " order by a.user_name collate \"C\", e.hostname collate \"C\", a.endpoint_id, a.number limit ?";

    private final Sql sql;
    private final ObjectMapper json;

    public PostgresInventoryStore(DataSource database, ObjectMapper json) {
        this.sql = new Sql(database);
        this.json = json;
    }

    @Override
    @Transactional
    public void replace(UUID endpointId, Inventory inventory, Instant at) {
        // The lock orders two reports of one endpoint.
        if (sql.first("select id from endpoints where id = ? for update", row -> row.getString(1), endpointId)
                .isEmpty()) {
            return;
        }
        sql.update(
                "insert into endpoint_inventories(endpoint_id, reported_at, document) values (?, ?, ?::jsonb)"
                        + " on conflict (endpoint_id) do update set reported_at = excluded.reported_at,"
                        + " document = excluded.document",
                endpointId,
                at,
                write(inventory));
        sql.update("delete from endpoint_agents where endpoint_id = ?", endpointId);
        List<AgentSighting> sightings = AgentSighting.of(inventory);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < sightings.size(); i++) {
            rows.add(row(endpointId, i, sightings.get(i)));
        }
        sql.batch(
                "insert into endpoint_agents(endpoint_id, number, user_name, agent, title, standing, version, source, path,"
                        + " refusal, last_used, running) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private static List<Object> row(UUID endpointId, int number, AgentSighting each) {
        return Arrays.asList(
                endpointId,
                number,
                each.user(),
                each.agent(),
                each.title(),
                each.standing().wire(),
                each.version(),
                each.source(),
                each.path(),
                each.refusal(),
                each.lastUsed(),
                each.running());
    }

    @Override
    public Optional<Reported> find(UUID endpointId) {
        return sql.first(
                "select reported_at, document from endpoint_inventories where endpoint_id = ?",
                row -> new Reported(Sql.requiredInstant(row, "reported_at"), read(row.getString("document"))),
                endpointId);
    }

    @Override
    public List<Row> agents(AgentQuery query) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = filters(query, parameters);
        AgentQuery.Position after = query.after();
        if (after != null) {
            where.append(" and (a.user_name collate \"C\", e.hostname collate \"C\", a.endpoint_id, a.number)"
                    + " > (?, ?, ?, ?)");
            parameters.addAll(List.of(after.user(), after.hostname(), after.endpointId(), after.number()));
        }
        parameters.add(query.limit());
        return sql.list("select a.*, e.hostname" + FROM + where + ORDER, PostgresInventoryStore::row, parameters);
    }

    private static StringBuilder filters(AgentQuery query, List<Object> parameters) {
        StringBuilder where = new StringBuilder();
        equal(where, parameters, "a.user_name", query.user());
        equal(where, parameters, "a.endpoint_id", query.endpointId());
        equal(where, parameters, "a.agent", query.agent());
        equal(
                where,
                parameters,
                "a.standing",
                query.standing() == null ? null : query.standing().wire());
        equal(where, parameters, "a.version", query.version());
        if ("any".equals(query.refusal())) {
            where.append(" and a.refusal <> ''");
        } else {
            equal(where, parameters, "a.refusal", query.refusal());
        }
        if (query.text() != null) {
            where.append(
                    " and strpos(lower(concat_ws(E'\\n', a.user_name, e.hostname, a.title, a.path)), lower(?)) > 0");
            parameters.add(query.text());
        }
        return where;
    }

    private static void equal(StringBuilder where, List<Object> parameters, String column, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(column).append(" = ?");
            parameters.add(value);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("endpoint_id", UUID.class),
                row.getString("hostname"),
                row.getInt("number"),
                new AgentSighting(
                        row.getString("user_name"),
                        row.getString("agent"),
                        row.getString("title"),
                        Standing.told(row.getString("standing")),
                        row.getString("version"),
                        row.getString("source"),
                        row.getString("path"),
                        row.getString("refusal"),
                        Sql.instant(row, "last_used"),
                        row.getInt("running")));
    }

    @Override
    public List<Count> counts(AgentQuery query) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = filters(query, parameters);
        parameters.add(query.limit());
        return sql.list(
                "select a.agent, a.title, a.standing, a.version, a.refusal, count(distinct a.endpoint_id),"
                        + " count(distinct (a.endpoint_id, a.user_name))" + FROM + where
                        + " group by a.agent, a.title, a.standing, a.version, a.refusal"
                        + " order by 6 desc, a.agent collate \"C\", a.version collate \"C\", a.standing collate \"C\","
                        + " a.refusal collate \"C\" limit ?",
                row -> new Count(
                        row.getString(1),
                        row.getString(2),
                        Standing.told(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7)),
                parameters);
    }

    private String write(Inventory inventory) {
        try {
            return json.writeValueAsString(inventory);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an inventory", e);
        }
    }

    private Inventory read(String document) {
        try {
            return json.readValue(document, Inventory.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds unreadable JSON", e);
        }
    }
}
