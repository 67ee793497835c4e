package io.cordon.agent.os.windows.fence;

/** One condition of a filter; a filter matches where all of its conditions do. */
public sealed interface Condition {
    /** The user of the socket. */
    record User(Descriptor descriptor) implements Condition {}

    /** The IP protocol's number. */
    record Protocol(int number) implements Condition {
        public static final Protocol TCP = new Protocol(6);
    }

    record RemotePort(int port) implements Condition {}

    /** Exactly this address. */
    record RemoteAddress(IpAddress address) implements Condition {}

    /** Found on the machine and none of ours, as text. */
    record Other(String text) implements Condition {}
}
