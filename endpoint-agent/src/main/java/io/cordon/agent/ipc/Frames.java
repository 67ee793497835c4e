package io.cordon.agent.ipc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Frames on a byte stream: a four byte little-endian length, then that many bytes. */
public final class Frames {
    /** Longest frame, in bytes without the length. */
    public static final int MAX = 1 << 20;

    private Frames() {}

    /**
     * The next frame, or null at an orderly end.
     *
     * @throws EOFException in the middle of a frame
     * @throws ProtocolException for a length outside 1..{@link #MAX}
     */
    public static byte @Nullable [] read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length == 0) {
            return null;
        }
        if (head.length < 4) {
            throw new EOFException("frame: ended in its length");
        }
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 1 || length > MAX) {
            throw new ProtocolException(
                    "frame length: " + Integer.toUnsignedString(length) + " (expected: 1.." + MAX + ")");
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException("frame: ended after " + frame.length + " of " + length + " bytes");
        }
        return frame;
    }

    /** Writes one frame with a single write, and flushes. */
    public static void write(OutputStream out, byte[] frame) throws IOException {
        if (frame.length < 1 || frame.length > MAX) {
            throw new ProtocolException("frame length: " + frame.length + " (expected: 1.." + MAX + ")");
        }
        out.write(ByteBuffer.allocate(4 + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(frame.length)
                .put(frame)
                .array());
        out.flush();
    }
}
