package io.cordon.agent.egress;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What tells the programs of a run about its proxy: the usual variables, and the settings of tools that do not look at them.
 * Java is told only where a build tool starts it: JAVA_TOOL_OPTIONS would have every Java program print the credentials.
 */
public final class ProxyEnvironment {
    /** What runs inside talks to what runs inside, and to the relayed ports, without the proxy. */
    private static final String DIRECT = "localhost,127.0.0.1,::1";

    private static final String DIRECT_JAVA = "localhost|127.*|[::1]";

    private ProxyEnvironment() {}

    /**
     * Sets the variables; what the caller or the policy has for them goes, since it cannot work here.
     *
     * @param environment of the process to be, changed
     */
    public static void add(Map<String, String> environment, ProxyPass pass) {
        // One URL for all: clients with a socks5h:// in ALL_PROXY fail where they lack a library for it.
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
            both(environment, name, pass.url());
        }
        both(environment, "NO_PROXY", DIRECT);
        environment.put("npm_config_proxy", pass.url());
        environment.put("npm_config_https_proxy", pass.url());
        environment.put("npm_config_noproxy", DIRECT);
        environment.put("YARN_HTTP_PROXY", pass.url());
        environment.put("YARN_HTTPS_PROXY", pass.url());
        // Node's own fetch looks at the variables from 22.21 and 24 on, when told to; before, it has no proxy at all.
        environment.put("NODE_USE_ENV_PROXY", "1");
        String options = javaOptions(pass);
        append(environment, "MAVEN_OPTS", options + " -Daether.connector.http.useSystemProperties=true");
        append(environment, "GRADLE_OPTS", options);
    }

    private static void both(Map<String, String> environment, String name, String value) {
        environment.put(name, value);
        environment.put(name.toLowerCase(Locale.ROOT), value);
    }

    private static void append(Map<String, String> environment, String name, String options) {
        String given = environment.getOrDefault(name, "");
        environment.put(name, given.isBlank() ? options : given + " " + options);
    }

    private static String javaOptions(ProxyPass pass) {
        StringBuilder options = new StringBuilder();
        for (String scheme : List.of("http", "https")) {
            options.append("-D").append(scheme).append(".proxyHost=127.0.0.1 ");
            options.append("-D")
                    .append(scheme)
                    .append(".proxyPort=")
                    .append(pass.port())
                    .append(' ');
            options.append("-D")
                    .append(scheme)
                    .append(".proxyUser=")
                    .append(pass.user())
                    .append(' ');
            options.append("-D")
                    .append(scheme)
                    .append(".proxyPassword=")
                    .append(pass.secret())
                    .append(' ');
        }
        return options.append("-Dhttp.nonProxyHosts=")
                .append(DIRECT_JAVA)
                // Java does not sign in to tunnels with Basic unless told to.
                .append(" -Djdk.http.auth.tunneling.disabledSchemes=")
                .toString();
    }
}
