package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The first message of TLS, from a real client and from a mean one. */
class ClientHelloTest {
    /** What Java's own client sends first. */
    static byte[] real(String serverName) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException | SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** A hello with these extensions, in records of at most this size. */
    static byte[] made(int record, byte[]... extensions) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] extension : extensions) {
            all.writeBytes(extension);
        }
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 2 + 2 + 2 + 2 + all.size());
        body.putShort((short) 0x303).position(2 + 32);
        body.put((byte) 0).putShort((short) 2).putShort((short) 0x1301).putShort((short) 0x100);
        body.putShort((short) all.size()).put(all.toByteArray());
        ByteBuffer message = ByteBuffer.allocate(4 + body.capacity());
        message.putInt(1 << 24 | body.capacity()).put(body.array());
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int from = 0; from < message.capacity(); from += record) {
            int length = Math.min(record, message.capacity() - from);
            records.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            records.write(message.array(), from, length);
        }
        return records.toByteArray();
    }

    static byte[] extension(int type, byte[] data) {
        return ByteBuffer.allocate(4 + data.length)
                .putShort((short) type)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    static byte[] name(String host) {
        byte[] bytes = host.getBytes(StandardCharsets.ISO_8859_1);
        return extension(
                0,
                ByteBuffer.allocate(5 + bytes.length)
                        .putShort((short) (3 + bytes.length))
                        .put((byte) 0)
                        .putShort((short) bytes.length)
                        .put(bytes)
                        .array());
    }

    private static ClientHello.Result read(byte[] bytes) {
        return ClientHello.read(ByteBuffer.wrap(bytes));
    }

    private static ClientHello.Result hello(String name) {
        return new ClientHello.Result.Hello(name);
    }

    @Test
    void aRealClientIsUnderstood() {
        assertEquals(hello("www.example.com"), read(real("www.example.com")));
        assertEquals(new ClientHello.Result.Hello(null), read(real("")));
    }

    @Test
    void everyPrefixIsIncomplete() {
        byte[] whole = real("www.example.com");
        for (int length = 0; length < whole.length; length++) {
            assertInstanceOf(ClientHello.Result.Incomplete.class, read(Arrays.copyOf(whole, length)), "at " + length);
        }
    }

    @Property(tries = 100)
    void fragmentsAreReadAsOne(@ForAll @IntRange(min = 1, max = 200) int record) {
        assertEquals(
                hello("a.test"),
                read(made(record, extension(0x0a0a, new byte[7]), name("a.test"), extension(0xfafa, new byte[0]))));
    }

    @Test
    void anEncryptedHelloShowsItsOuterName() {
        assertEquals(hello("outer.test"), read(made(4000, extension(0xfe0d, new byte[300]), name("outer.test"))));
    }

    @Test
    void twoNamesOrOddOnesAreMalformed() {
        assertMalformed(made(4000, name("a.test"), name("b.test")));
        assertMalformed(made(4000, name("")));
        assertMalformed(made(4000, extension(0, new byte[0])));
        assertMalformed(made(4000, extension(0, new byte[] {0, 4, 1, 0, 1, 'a'})));
        assertMalformed(made(4000, extension(0, new byte[] {0, 8, 0, 0, 1, 'a', 0, 0, 1, 'b'})));
        assertMalformed(made(4000, extension(0, new byte[] {0, 4, 0, 0, 1, 'a', 0})));
        assertMalformed(made(4000, extension(0, new byte[] {0, 4, 0, 0, 9, 'a'})));
    }

    @Test
    void anotherRecordInBetweenIsMalformed() {
        byte[] first = Arrays.copyOf(made(20, name("a.test")), 25);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(new byte[] {20, 3, 3, 0, 1, 1});
        assertMalformed(all.toByteArray());
    }

    @Test
    void lengthsAreBounded() {
        assertMalformed(new byte[] {22, 3, 1, 0, 0});
        assertMalformed(new byte[] {22, 3, 1, (byte) 0xff, (byte) 0xff});
        assertMalformed(new byte[] {22, 3, 1, 0, 4, 1, 1, 0, 0});
        assertMalformed(new byte[] {22, 3, 1, 0, 4, 2, 0, 0, 10});
        assertMalformed(Arrays.copyOf(made(1, extension(21, new byte[3000])), ClientHello.MAX));
    }

    @Test
    void otherProtocolsAreOther() {
        for (String text : List.of("SSH-2.0-x", "GET / HTTP/1.1", "\u0000", "\u0080\u002e\u0001")) {
            assertEquals(new ClientHello.Result.Other(), read(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private static void assertMalformed(byte[] bytes) {
        assertInstanceOf(ClientHello.Result.Malformed.class, read(bytes));
    }

    @Property(tries = 2000)
    void whateverIsChangedThereIsAnAnswer(@ForAll @IntRange(min = 0, max = 250) int at, @ForAll byte with) {
        byte[] bytes = made(60, extension(0x1a1a, new byte[20]), name("www.example.com"), extension(43, new byte[3]));
        bytes[at % bytes.length] = with;
        assertNotNull(read(bytes));
    }

    @Property(tries = 2000)
    void anyBytesHaveAnAnswer(@ForAll byte[] bytes) {
        assertNotNull(read(bytes));
        byte[] asRecord = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, asRecord, 5, bytes.length);
        asRecord[0] = 22;
        asRecord[1] = 3;
        asRecord[3] = (byte) (bytes.length >> 8);
        asRecord[4] = (byte) bytes.length;
        assertNotNull(read(asRecord));
    }
}
