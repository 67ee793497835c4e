package io.cordon.agent.egress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.policy.model.HostPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the machine's {@link EgressSettings} from JSON. Everything may be left out:
 *
 * <pre>{"port": 3129, "connections": 1024, "connectionsPerRun": 256, "bytesPerRun": 0,
 *  "upstream": {"host": "proxy.example.com", "port": 3128, "user": "u", "password": "p", "direct": ["*.example.com"]}}</pre>
 *
 * {@code port} 0 is any free one; {@code bytesPerRun} 0 is no bound.
 */
public final class EgressSettingsFile {
    private static final int MAX_BYTES = 64 << 10;
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> TOP =
            Set.of("port", "connections", "connectionsPerRun", "bytesPerRun", "upstream");
    private static final Set<String> UPSTREAM = Set.of("host", "port", "user", "password", "direct");
    private static final Set<PosixFilePermission> NOBODY_ELSE = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private EgressSettingsFile() {}

    /**
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException with what was found and expected, when it says something odd or others can read it
     */
    public static EgressSettings read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw wrong(file + ": " + Files.size(file) + " bytes", "at most " + MAX_BYTES);
        }
        requirePrivate(file);
        try {
            return settings(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** It may hold a password, and it says which way everything goes. */
    private static void requirePrivate(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(NOBODY_ELSE::contains)) {
            throw wrong(file + ": others may read or write it", "mode 0600: chmod 600 " + file);
        }
    }

    private static EgressSettings settings(JsonNode json) {
        requireKnown("", json, TOP);
        EgressLimits usual = EgressLimits.DEFAULT;
        return new EgressSettings(
                (int) number(json, "port", 0, 65535, 0),
                new EgressLimits(
                        (int) number(json, "connections", 1, 65536, usual.connections()),
                        (int) number(json, "connectionsPerRun", 1, 65536, usual.connectionsPerRun()),
                        usual.head(),
                        usual.headTime(),
                        usual.connectTime(),
                        usual.idleTime(),
                        usual.nameTime(),
                        number(json, "bytesPerRun", 0, Long.MAX_VALUE, 0)),
                json.has("upstream") ? upstream(json.get("upstream")) : null);
    }

    private static UpstreamProxy upstream(JsonNode json) {
        requireKnown("upstream.", json, UPSTREAM);
        List<HostPattern> direct = new ArrayList<>();
        if (json.has("direct") && !json.get("direct").isArray()) {
            throw wrong("upstream.direct: " + json.get("direct"), "a list of hosts");
        }
        json.path("direct").forEach(host -> direct.add(new HostPattern(host.asText())));
        String host = text(json, "host");
        if (host == null) {
            throw wrong("upstream.host: missing", "a host name or address");
        }
        return new UpstreamProxy(
                host, (int) number(json, "port", 1, 65535, 3128), text(json, "user"), text(json, "password"), direct);
    }

    private static void requireKnown(String where, JsonNode json, Set<String> known) {
        if (!json.isObject()) {
            throw wrong((where.isEmpty() ? "settings" : where) + " is " + json.getNodeType(), "an object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw wrong(
                        where + name + ": not known here",
                        String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value != null && !value.isTextual()) {
            throw wrong(name + ": no text", "a text");
        }
        return value == null ? null : value.textValue();
    }

    private static long number(JsonNode json, String name, long least, long most, long otherwise) {
        JsonNode value = json.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.canConvertToExactIntegral() || value.longValue() < least || value.longValue() > most) {
            throw wrong(name + ": " + value, least + " to " + most);
        }
        return value.longValue();
    }

    private static IllegalArgumentException wrong(String found, String expected) {
        return new IllegalArgumentException(found + " (expected: " + expected + ")");
    }
}
