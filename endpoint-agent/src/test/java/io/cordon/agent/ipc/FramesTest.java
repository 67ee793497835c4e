package io.cordon.agent.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static byte[] headed(int length, int bytes) {
        return ByteBuffer.allocate(4 + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }

    private static byte[] read(byte[] stream) throws IOException {
        return Frames.read(new ByteArrayInputStream(stream));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 65_536, Frames.MAX})
    void whatIsWrittenIsRead(int length) throws IOException {
        byte[] frame = new byte[length];
        frame[length - 1] = 7;
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Frames.write(stream, frame);
        Frames.write(stream, new byte[] {9});
        ByteArrayInputStream in = new ByteArrayInputStream(stream.toByteArray());
        assertArrayEquals(frame, Frames.read(in));
        assertArrayEquals(new byte[] {9}, Frames.read(in));
        assertNull(Frames.read(in));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Frames.MAX + 1, Integer.MAX_VALUE})
    void lengthOutsideTheLimitIsRefusedBeforeAnythingIsRead(int length) {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> read(headed(length, 16)));
        assertTrue(refused.getMessage().startsWith("frame length: " + Integer.toUnsignedString(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void endWithinTheLengthIsNoOrderlyEnd(int bytes) {
        assertThrows(EOFException.class, () -> read(new byte[bytes]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void endWithinTheFrameIsNoOrderlyEnd(int bytes) {
        assertEquals(
                "frame: ended after " + bytes + " of 10 bytes",
                assertThrows(EOFException.class, () -> read(headed(10, bytes))).getMessage());
    }

    @Test
    void neitherAnEmptyNorAnOversizeFrameIsWritten() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        assertThrows(ProtocolException.class, () -> Frames.write(stream, new byte[0]));
        assertThrows(ProtocolException.class, () -> Frames.write(stream, new byte[Frames.MAX + 1]));
        assertEquals(0, stream.size());
    }
}
