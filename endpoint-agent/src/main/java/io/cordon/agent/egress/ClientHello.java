package io.cordon.agent.egress;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the first message of TLS says about where it goes (RFC 8446, section 4.1.2; RFC 6066, section 3). Read across records,
 * with every length bounded. Of an encrypted client hello the outer one is read: that is the name the server is asked by.
 */
final class ClientHello {
    /** With a key share of post-quantum size a hello has about 1.8 KiB; tickets make it larger. */
    static final int MAX = 16 << 10;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int MAX_RECORD = 16 << 10;

    private ClientHello() {}

    /** What was found so far. */
    sealed interface Result {
        /** It may become a hello. */
        record Incomplete() implements Result {}

        /** It is no TLS. */
        record Other() implements Result {}

        /** It looks like TLS and is not read by everybody alike. */
        record Malformed(String reason) implements Result {}

        /** @param serverName as sent; null for none */
        record Hello(@Nullable String serverName) implements Result {}
    }

    /** @param bytes the first bytes of the stream, from the position on; left as it is */
    static Result read(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int wanted = Integer.MAX_VALUE;
        while (message.size() < wanted) {
            if (in.hasRemaining() && in.get(in.position()) != HANDSHAKE) {
                return in.position() == bytes.position()
                        ? new Result.Other()
                        : new Result.Malformed("the hello is interrupted by another record");
            }
            if (in.remaining() < 5) {
                return incomplete(bytes);
            }
            int major = in.get(in.position() + 1);
            int length = in.getShort(in.position() + 3) & 0xffff;
            if (major != 3 || length == 0 || length > MAX_RECORD) {
                return in.position() == bytes.position() && major != 3
                        ? new Result.Other()
                        : new Result.Malformed("a record has an odd version or length");
            }
            in.position(in.position() + 5);
            int there = Math.min(length, in.remaining());
            byte[] part = new byte[there];
            in.get(part);
            message.write(part, 0, there);
            if (message.size() >= 4) {
                byte[] head = message.toByteArray();
                wanted = 4 + ((head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff);
                if (head[0] != CLIENT_HELLO || wanted > MAX) {
                    return new Result.Malformed("the first message is no client hello of reasonable size");
                }
            }
            if (there < length && message.size() < wanted) {
                return incomplete(bytes);
            }
        }
        return message(ByteBuffer.wrap(message.toByteArray(), 4, wanted - 4));
    }

    private static Result incomplete(ByteBuffer bytes) {
        return bytes.remaining() >= MAX
                ? new Result.Malformed("the hello does not end within " + MAX + " bytes")
                : new Result.Incomplete();
    }

    private static Result message(ByteBuffer in) {
        try {
            in.position(in.position() + 2 + 32); // version, random
            skip(in, in.get() & 0xff); // session id
            skip(in, in.getShort() & 0xffff); // cipher suites
            skip(in, in.get() & 0xff); // compression methods
            if (!in.hasRemaining()) {
                return new Result.Hello(null);
            }
            if ((in.getShort() & 0xffff) != in.remaining()) {
                return new Result.Malformed("the extensions have another length than they say");
            }
            return extensions(in);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return new Result.Malformed("the hello ends in the middle of a field");
        }
    }

    private static Result extensions(ByteBuffer in) {
        String name = null;
        while (in.hasRemaining()) {
            int type = in.getShort() & 0xffff;
            ByteBuffer data = part(in, in.getShort() & 0xffff);
            if (type != SERVER_NAME) {
                continue; // GREASE and everything else
            }
            if (name != null) {
                return new Result.Malformed("there are two server names");
            }
            name = serverName(data);
            if (name == null) {
                return new Result.Malformed("the server name is not exactly one host name");
            }
        }
        return new Result.Hello(name);
    }

    private static @Nullable String serverName(ByteBuffer in) {
        ByteBuffer list = part(in, in.getShort() & 0xffff);
        if (in.hasRemaining() || !list.hasRemaining() || list.get() != 0) {
            return null;
        }
        ByteBuffer host = part(list, list.getShort() & 0xffff);
        if (list.hasRemaining() || !host.hasRemaining() || host.remaining() > 255) {
            return null;
        }
        return StandardCharsets.ISO_8859_1.decode(host).toString();
    }

    private static ByteBuffer part(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static void skip(ByteBuffer in, int length) {
        part(in, length);
    }
}
