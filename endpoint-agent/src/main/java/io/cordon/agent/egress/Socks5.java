package io.cordon.agent.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The messages of SOCKS5 (RFC 1928) with its sign-in (RFC 1929), read from what has arrived. */
final class Socks5 {
    static final byte VERSION = 5;
    private static final int PASSWORD_METHOD = 2;
    private static final byte CONNECT = 1;

    /** Nothing to do but to wait for more. */
    enum More implements Message {
        MORE
    }

    sealed interface Message permits More, Greeting, SignIn, Request, Refused {}

    /**
     * @param open whether the client offers not to sign in
     * @param password whether it offers to
     */
    record Greeting(boolean open, boolean password) implements Message {}

    record SignIn(String user, String secret) implements Message {}

    record Request(Target target) implements Message {}

    /** @param asked what was asked for, as far as it may be shown */
    record Refused(Refusal refusal, int reply, String asked) implements Message {}

    private Socks5() {}

    /** Nobody has to sign in here. */
    static final byte[] OPEN = {VERSION, 0};

    static byte[] method(boolean accepted) {
        return new byte[] {VERSION, (byte) (accepted ? PASSWORD_METHOD : 0xff)};
    }

    static byte[] signedIn(boolean accepted) {
        return new byte[] {1, (byte) (accepted ? 0 : 1)};
    }

    /** The reply to a request; the bound address is not told. */
    static byte[] reply(int code) {
        return new byte[] {VERSION, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0};
    }

    /** Takes a greeting off the buffer. */
    static Message greeting(ByteBuffer in) {
        if (in.remaining() < 2 || in.remaining() < 2 + (in.get(in.position() + 1) & 0xff)) {
            return More.MORE;
        }
        in.get();
        boolean open = false;
        boolean password = false;
        for (int left = in.get() & 0xff; left > 0; left--) {
            byte method = in.get();
            open |= method == 0;
            password |= method == PASSWORD_METHOD;
        }
        return new Greeting(open, password);
    }

    /** Takes a sign-in off the buffer. */
    static Message signIn(ByteBuffer in) {
        int from = in.position();
        if (in.remaining() < 2) {
            return More.MORE;
        }
        if (in.get() != 1) {
            return new Refused(Refusal.malformed("This is no sign-in of SOCKS5."), 1, "-");
        }
        Optional<String> user = text(in);
        Optional<String> secret = user.isPresent() ? text(in) : Optional.empty();
        if (secret.isEmpty()) {
            in.position(from);
            return More.MORE;
        }
        return new SignIn(user.orElseThrow(), secret.get());
    }

    private static Optional<String> text(ByteBuffer in) {
        if (!in.hasRemaining() || in.remaining() < 1 + (in.get(in.position()) & 0xff)) {
            return Optional.empty();
        }
        byte[] bytes = new byte[in.get() & 0xff];
        in.get(bytes);
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Takes a request off the buffer. */
    static Message request(ByteBuffer in) {
        if (in.remaining() < 5) {
            return More.MORE;
        }
        int at = in.position();
        int length =
                switch (in.get(at + 3)) {
                    case 1 -> 4;
                    case 3 -> 1 + (in.get(at + 4) & 0xff);
                    case 4 -> 16;
                    default -> -1;
                };
        if (in.get(at) != VERSION || length < 0) {
            return new Refused(Refusal.malformed("The address is of no known type."), 8, "-");
        }
        if (in.remaining() < 4 + length + 2) {
            return More.MORE;
        }
        byte[] address = new byte[length];
        in.position(at + 4);
        in.get(address);
        int port = in.getShort() & 0xffff;
        String host = host(in.get(at + 3), address);
        if (in.get(at + 1) != CONNECT) {
            return new Refused(Refusal.malformed("Only CONNECT is done here."), 7, shown(host, port));
        }
        Optional<Target> target = Target.of(host, port);
        return target.isPresent()
                ? new Request(target.get())
                : new Refused(
                        Refusal.denied(
                                "invalid-host",
                                "It is no host name or address in its one form; write names beyond ASCII as xn--."),
                        2,
                        shown(host, port));
    }

    private static String host(byte type, byte[] address) {
        if (type == 3) {
            return new String(address, 1, address.length - 1, StandardCharsets.ISO_8859_1);
        }
        try {
            return Addresses.text(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are always an address", e);
        }
    }

    private static String shown(String host, int port) {
        return host + ":" + port;
    }
}
