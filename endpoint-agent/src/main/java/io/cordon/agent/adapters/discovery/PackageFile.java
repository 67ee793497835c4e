package io.cordon.agent.adapters.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * An npm {@code package.json} as far as it tells what is installed.
 *
 * @param program path of the program below the package's folder; empty when it has none there
 */
record PackageFile(String name, String version, String program) {
    static final int LONGEST = 256 << 10;
    private static final int LONGEST_VERSION = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IOException when it is no package.json; the message says so in one line */
    static PackageFile read(byte[] bytes) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("package.json: not JSON", e);
        }
        String name = json.path("name").asText();
        String version = json.path("version").asText();
        if (name.isEmpty() || !version.matches("[0-9A-Za-z][0-9A-Za-z.+_-]{0," + (LONGEST_VERSION - 1) + "}")) {
            throw new IOException("package.json: no name and version");
        }
        return new PackageFile(name, version, program(json.path("bin")).orElse(""));
    }

    private static Optional<String> program(JsonNode bin) {
        Iterator<JsonNode> values = bin.elements();
        String told = bin.isTextual()
                ? bin.asText()
                : values.hasNext() ? values.next().asText() : "";
        String path = told.startsWith("./") ? told.substring(2) : told;
        boolean below = path.matches("[A-Za-z0-9@._/-]{1,200}") && !("/" + path + "/").matches(".*/(\\.\\.?)?/.*");
        return below ? Optional.of(path) : Optional.empty();
    }
}
