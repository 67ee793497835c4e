package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Makes metadata that the publisher would refuse to make. */
final class Forge {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Forge() {}

    /** The file with its signed part changed and signed anew by these keys alone. */
    static byte[] change(byte[] file, Consumer<ObjectNode> change, Signer... signers) {
        ObjectNode signed = signed(file);
        change.accept(signed);
        return sign(signed, signers);
    }

    /** The whole file changed, signatures left as they are. */
    static byte[] edit(byte[] file, Consumer<ObjectNode> change) {
        ObjectNode whole = (ObjectNode) read(file);
        change.accept(whole);
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sign(ObjectNode signed, Signer... signers) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.set("signed", signed);
        ArrayNode list = file.putArray("signatures");
        for (Signer signer : signers) {
            addSignature(list, signer.keyId(), signer.sign(OlpcJson.encode(signed)));
        }
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    static void addSignature(ArrayNode list, String keyId, byte[] signature) {
        list.addObject().put("keyid", keyId).put("sig", HexFormat.of().formatHex(signature));
    }

    static ObjectNode signed(byte[] file) {
        return (ObjectNode) read(file).required("signed");
    }

    static long version(byte[] file) {
        return signed(file).required("version").longValue();
    }

    static JsonNode read(byte[] file) {
        try {
            return MAPPER.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
