package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A metadata file: the signed object and its signatures (specification 4.2).
 *
 * @param bytes the file as received
 * @param signed the signed object with every field it came with; unknown fields are signed too
 * @param signatures by keyid; a signature that is not hexadecimal is kept as empty, for it can still not verify
 */
record Envelope(byte[] bytes, ObjectNode signed, Map<String, byte[]> signatures) {
    private static final int MAX_SIGNATURES = 256;

    static Envelope parse(byte[] bytes, String subject) throws RejectedException {
        Fields fields = Fields.of(StrictJson.parse(bytes, subject), subject);
        return new Envelope(bytes, fields.object("signed").object(), signatures(fields));
    }

    private static Map<String, byte[]> signatures(Fields fields) throws RejectedException {
        ArrayNode list = fields.array("signatures");
        if (list.size() > MAX_SIGNATURES) {
            throw new RejectedException(
                    Refusal.TOO_LARGE,
                    fields.subject(),
                    list.size() + " signatures",
                    "up to " + MAX_SIGNATURES,
                    "4.2, T-13");
        }
        Map<String, byte[]> signatures = new LinkedHashMap<>();
        for (JsonNode each : list) {
            if (!(each instanceof ObjectNode entry)) {
                throw fields.wrong("signatures", each, "objects");
            }
            Fields signature = new Fields(entry, fields.subject(), "signatures");
            String keyId = signature.text("keyid");
            if (signatures.put(keyId, decode(signature.text("sig"))) != null) {
                throw signature.wrong("keyid", entry.get("keyid"), "a keyid that signs once");
            }
        }
        return signatures;
    }

    private static byte[] decode(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /**
     * Refuses this file unless a threshold of the role's keys signed it. What counts is the number of different keys, not of
     * keyids (T-5): a root that lists one key under two ids gains nothing.
     */
    void requireThreshold(RootMetadata root, Role role, String subject, String step) throws RejectedException {
        RootMetadata.RoleRule rule = root.rule(role);
        byte[] message = OlpcJson.encode(signed);
        Set<String> counted = new HashSet<>();
        for (String keyId : rule.keyIds()) {
            byte[] signature = signatures.get(keyId);
            Optional<VerificationKey> key = root.key(keyId);
            if (signature != null && key.isPresent() && key.get().verifies(message, signature)) {
                counted.add(key.get().value());
            }
        }
        if (counted.size() < rule.threshold()) {
            throw new RejectedException(
                    Refusal.SIGNATURE,
                    subject,
                    counted.size() + " of the " + role.text() + " keys of root " + root.version() + " signed",
                    "at least " + rule.threshold(),
                    step);
        }
    }
}
