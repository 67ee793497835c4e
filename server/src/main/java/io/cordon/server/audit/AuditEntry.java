package io.cordon.server.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An event in its place in the chain.
 *
 * @param sequence 1 for the first entry, without gaps
 * @param previousHash the predecessor's hash, 32 zero bytes for the first
 * @param hash SHA-256 over the previous hash, the sequence, the time and each text with its length
 */
public record AuditEntry(long sequence, AuditEvent event, byte[] previousHash, byte[] hash) {

    /** What stands before the first entry. */
    public static byte[] genesis() {
        return new byte[32];
    }

    /** The entry that follows. */
    public static AuditEntry after(long sequence, byte[] previousHash, AuditEvent event) {
        return new AuditEntry(sequence + 1, event, previousHash, hash(sequence + 1, previousHash, event));
    }

    /** Whether the hash is that of the content and the predecessor is the one given. */
    public boolean follows(long sequenceBefore, byte[] hashBefore) {
        return sequence == sequenceBefore + 1
                && Arrays.equals(previousHash, hashBefore)
                && Arrays.equals(hash, hash(sequence, previousHash, event));
    }

    public String hashText() {
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] hash(long sequence, byte[] previousHash, AuditEvent event) {
        MessageDigest digest = sha256();
        digest.update(previousHash);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(sequence).flip());
        Instant at = event.at();
        digest.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .flip());
        for (String text : List.of(event.actor(), event.action(), event.subject(), event.reason())) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditEntry entry && sequence == entry.sequence && Arrays.equals(hash, entry.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
