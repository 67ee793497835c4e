package io.cordon.agent.os;

/**
 * Where local processes reach the agent (a Unix socket, a named pipe). The channel attests its callers; a caller that goes
 * away loses its pending requests and its runs.
 */
public interface LocalChannel extends AutoCloseable {
    /** Receives requests in the order of their arrival, one at a time; must not block. */
    interface Handler {
        void request(LocalRequest request);

        /** The channel ended by itself; it may be opened again. Not called after {@link #close()}. */
        void ended(String why);
    }

    /**
     * Starts to deliver requests; again only after the channel has ended.
     *
     * @throws java.io.IOException when the place to listen at cannot be had; the message says which and why
     */
    void open(Handler handler) throws java.io.IOException;

    /** Answers a request that does not become a run, and ends it. Unknown and ended ids are ignored. */
    void reply(long id, LocalReply reply);

    @Override
    void close();
}
