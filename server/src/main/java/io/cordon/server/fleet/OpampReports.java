package io.cordon.server.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opamp.proto.v1.Anyvalue.KeyValue;
import opamp.proto.v1.Opamp.AgentConfigFile;
import opamp.proto.v1.Opamp.AgentToServer;
import opamp.proto.v1.Opamp.ComponentHealth;
import opamp.proto.v1.Opamp.RemoteConfigStatus;
import org.jspecify.annotations.Nullable;

/** Reads what an OpAMP message reports; texts are cut to what the fleet keeps. */
@ApplicationScoped
class OpampReports {

    private static final int MAX_TEXT = 1_000;
    private static final int MAX_COMPONENTS = 50;
    private static final String POLICY = "policy";
    private static final String INVENTORY = "inventory";
    /** Twice what an endpoint allows itself. */
    private static final int MAX_INVENTORY = 512 << 10;

    private final ObjectMapper json;
    private final InstantSource clock;

    OpampReports(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    Report read(AgentToServer message) {
        return new Report(
                attribute(message, "host.name"),
                attribute(message, "os.description"),
                attribute(message, "service.version"),
                message.hasHealth() ? health(message.getHealth()) : null,
                effectivePolicy(message),
                message.hasRemoteConfigStatus() ? attempt(message.getRemoteConfigStatus()) : null,
                inventory(message));
    }

    private static @Nullable String attribute(AgentToServer message, String key) {
        if (!message.hasAgentDescription()) {
            return null;
        }
        return Stream.concat(
                        message.getAgentDescription().getIdentifyingAttributesList().stream(),
                        message.getAgentDescription().getNonIdentifyingAttributesList().stream())
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> text(value.getStringValue()))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static Health health(ComponentHealth health) {
        List<Health.Component> components = health.getComponentHealthMapMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .limit(MAX_COMPONENTS)
                .map(part -> new Health.Component(
                        text(part.getKey()), part.getValue().getHealthy(), status(part.getValue())))
                .toList();
        return new Health(health.getHealthy(), components);
    }

    private static String status(ComponentHealth part) {
        return text(part.getLastError().isEmpty() ? part.getStatus() : part.getLastError());
    }

    private @Nullable EffectivePolicy effectivePolicy(AgentToServer message) {
        AgentConfigFile file =
                message.getEffectiveConfig().getConfigMap().getConfigMapMap().get(POLICY);
        if (file == null) {
            return null;
        }
        try {
            return json.readValue(text(file.getBody().toStringUtf8(), Integer.MAX_VALUE), EffectivePolicy.class);
        } catch (JsonProcessingException e) {
            throw Problem.of(
                    ProblemCode.FLEET_UNDECODABLE,
                    "effective_config.config_map[\"policy\"]: not the JSON that is expected: "
                            + e.getOriginalMessage());
        }
    }

    private @Nullable Inventory inventory(AgentToServer message) {
        AgentConfigFile file =
                message.getEffectiveConfig().getConfigMap().getConfigMapMap().get(INVENTORY);
        if (file == null) {
            return null;
        }
        if (file.getBody().size() > MAX_INVENTORY) {
            throw Problem.of(
                    ProblemCode.FLEET_INVENTORY_TOO_LARGE,
                    "effective_config.config_map[\"inventory\"]: "
                            + file.getBody().size() + " bytes (expected: at most " + MAX_INVENTORY + ")");
        }
        try {
            return json.readValue(text(file.getBody().toStringUtf8(), Integer.MAX_VALUE), Inventory.class);
        } catch (JsonProcessingException e) {
            throw Problem.of(
                    ProblemCode.FLEET_UNDECODABLE,
                    "effective_config.config_map[\"inventory\"]: not the JSON that is expected: "
                            + e.getOriginalMessage());
        }
    }

    private @Nullable Attempt attempt(RemoteConfigStatus status) {
        Attempt.Status what =
                switch (status.getStatus()) {
                    case RemoteConfigStatuses_APPLIED -> Attempt.Status.APPLIED;
                    case RemoteConfigStatuses_APPLYING -> Attempt.Status.APPLYING;
                    case RemoteConfigStatuses_FAILED -> Attempt.Status.FAILED;
                    case RemoteConfigStatuses_UNSET, UNRECOGNIZED -> null;
                };
        if (what == null) {
            return null;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] hash = status.getLastRemoteConfigHash().toByteArray();
        return new Attempt(now, what, text(status.getErrorMessage()), hash.length > 64 ? new byte[0] : hash);
    }

    private static String text(String told) {
        return text(told, MAX_TEXT);
    }

    /** NUL has no place in the database's texts. */
    private static String text(String told, int max) {
        String clean = told.replace("\0", "").replace("\\u0000", "");
        return clean.length() > max ? clean.substring(0, max) : clean;
    }
}
