package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs one metadata object, if every canonical form and every client reads it alike (T-18): strings without control
 * characters, no floats, no integers beyond 2^53. The line breaks of a PEM key are the one exception; every client agrees on
 * them.
 */
final class Signable {
    private static final long MAX = Fields.MAX_INTEGER;

    private Signable() {}

    /** The metadata file, signed by each of the signers. */
    static byte[] sign(ObjectNode signed, List<Signer> signers) {
        check(signed, "signed");
        byte[] message = OlpcJson.encode(signed);
        Map<String, byte[]> signatures = new LinkedHashMap<>();
        signers.forEach(signer -> signatures.computeIfAbsent(signer.keyId(), id -> signer.sign(message)));
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode list = file.putArray("signatures");
        signatures.forEach((keyId, bytes) ->
                list.addObject().put("keyid", keyId).put("sig", HexFormat.of().formatHex(bytes)));
        file.set("signed", signed);
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    static void check(JsonNode node, String path) {
        switch (node.getNodeType()) {
            case NULL, BOOLEAN -> {}
            case STRING -> checkText(node.textValue(), path);
            case NUMBER -> checkNumber(node, path);
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.required(i), path + "[" + i + "]");
                }
            }
            case OBJECT -> {
                for (Map.Entry<String, JsonNode> each : node.properties()) {
                    checkText(each.getKey(), path);
                    check(each.getValue(), path + "." + each.getKey());
                }
            }
            case BINARY, MISSING, POJO ->
                throw new PublishRefusedException(path + ": " + node.getNodeType() + " (expected: a JSON value)");
        }
    }

    private static void checkText(String text, String path) {
        boolean pem = path.endsWith(".keyval.public");
        boolean printable = text.codePoints()
                .filter(c -> !pem || c != '\n')
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (!printable) {
            throw new PublishRefusedException(path + ": a control character (expected: printable text)");
        }
    }

    private static void checkNumber(JsonNode node, String path) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || Math.abs(node.longValue()) > MAX) {
            throw new PublishRefusedException(path + ": " + node.asText() + " (expected: an integer up to 2^53)");
        }
    }
}
