package io.cordon.agent.egress;

/**
 * What a run needs to use the proxy.
 *
 * @param port of the loopback
 * @param user the run's id
 * @param secret letters, digits, - and _
 */
public record ProxyPass(int port, String user, String secret) {

    /** For {@code *_PROXY} variables; user and secret need no escapes. */
    public String url() {
        return "http://" + user + ":" + secret + "@127.0.0.1:" + port;
    }

    /** What a trusted carrier of the run's connections says first on each; then nobody inside has to sign in. */
    public String hello() {
        return Hello.PREFIX + user + " " + secret + "\n";
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return user + "@127.0.0.1:" + port;
    }
}
