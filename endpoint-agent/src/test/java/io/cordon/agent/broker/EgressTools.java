package io.cordon.agent.broker;

import io.cordon.agent.broker.EnforcementRig.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Real tools in network mode proxy: each one does its work against the hosts given, and does not without the proxy. A program
 * and not a test: it needs the registries that the machine is set up for. Prints {@code egress-tools: N passed, M failed}.
 */
final class EgressTools {
    private static final String GIT_HOST = "git.test";

    private final EnforcementRig rig;
    private int passed;
    private int failed;

    private EgressTools(EnforcementRig rig) {
        this.rig = rig;
    }

    /** @param hosts of the registries */
    public static void main(String[] hosts) throws Exception {
        EgressTools tools;
        try (EnforcementRig rig = new EnforcementRig()) {
            tools = new EgressTools(rig);
            Process git = tools.serveGit();
            try {
                tools.show(List.of(hosts));
            } finally {
                git.destroy();
                git.waitFor(60, TimeUnit.SECONDS);
            }
        }
        System.out.println("egress-tools: " + tools.passed + " passed, " + tools.failed + " failed");
        System.exit(tools.failed == 0 && tools.passed > 0 ? 0 : 1);
    }

    private int gitPort;

    /** A repository behind plain HTTP, on the loopback and outside of any sandbox. */
    private Process serveGit() throws IOException {
        rig.as(
                "mkdir -p served/work && cd served/work && git init -q && git config user.email a@b.c && git config user.name a"
                        + " && echo content > file && git add file && git commit -qm first && cd .."
                        + " && git clone -q --bare work repo.git && cd repo.git && git update-server-info");
        try (ServerSocket free = new ServerSocket(0)) {
            gitPort = free.getLocalPort();
        }
        rig.names.put(GIT_HOST, InetAddress.getLoopbackAddress());
        Process server = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-m",
                        "http.server",
                        "--bind",
                        "127.0.0.1",
                        "--directory",
                        rig.home.resolve("served").toString(),
                        String.valueOf(gitPort))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!listens(gitPort)) {
            if (System.nanoTime() > until) {
                server.destroy();
                throw new IOException("the git server did not start");
            }
            pause();
        }
        return server;
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    private static boolean listens(int port) {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Names on port 443, and exactly the addresses that they have here if those are no public ones. */
    private String policy(List<String> hosts) throws IOException {
        List<String> rules = new ArrayList<>();
        TreeSet<String> addresses = new TreeSet<>();
        for (String host : hosts) {
            rules.add("{host: \"" + host + "\", ports: [443]}");
            for (InetAddress address : InetAddress.getAllByName(host)) {
                addresses.add(address.getHostAddress());
            }
        }
        addresses.forEach(address -> rules.add("{host: \"" + address + "\", ports: [443]}"));
        rules.add("{host: " + GIT_HOST + ", ports: [" + gitPort + "], methods: [GET, HEAD]}");
        rules.add("{host: 127.0.0.1, ports: [" + gitPort + "], methods: [GET, HEAD]}");
        return Policies.USUAL
                .replace(
                        "network: {mode: offline}", "network: {mode: proxy, allow: [" + String.join(", ", rules) + "]}")
                .replace(
                        "processes: 64, memoryMiB: 1024, wallClockSeconds: 60",
                        "processes: 512, memoryMiB: 2048, wallClockSeconds: 900")
                .replace("openFiles: 256", "openFiles: 4096")
                .replace("\"GREETING\"", "\"GREETING\", \"*CERT*\", \"*CA_*\", \"JAVA_HOME\", \"MAVEN_OPTS\"");
    }

    private void show(List<String> hosts) throws IOException {
        rig.policies.replace(Policies.resolve(policy(hosts)));
        prepare();
        check(
                "npm install",
                "npm install --no-audit --no-fund --cache \"$PWD/npm-cache\" is-number@7.0.0 && node -e \"require('is-number')\"");
        check(
                "pip install",
                "/usr/bin/python3 -m pip install --disable-pip-version-check --no-cache-dir --target pip-target six==1.16.0 && PYTHONPATH=pip-target"
                        + " /usr/bin/python3 -c 'import six'");
        check("git clone", "git clone -q http://" + GIT_HOST + ":" + gitPort + "/repo.git cloned && cat cloned/file");
        check(
                "mvn",
                "mvn -B -ntp -s \"$PWD/settings.xml\" -Dmaven.repo.local=\"$PWD/m2\" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
                        + " -Dartifact=org.jspecify:jspecify:1.0.0 -Dtransitive=false");
        refused(
                "npm without the proxy",
                "env -u HTTPS_PROXY -u https_proxy -u HTTP_PROXY -u http_proxy -u ALL_PROXY -u all_proxy"
                        + " -u npm_config_proxy -u npm_config_https_proxy npm install --no-audit --no-fund --fetch-retries=0"
                        + " --cache \"$PWD/other-cache\" is-odd@3.0.1");
        refused("a host that is not allowed", "curl -fsS https://not-allowed.example/");
        refused("another method", "curl -fsS -X POST http://" + GIT_HOST + ":" + gitPort + "/");
        recorded(hosts);
    }

    private void prepare() throws IOException {
        Path settings = rig.project.resolve("settings.xml");
        Path given = Path.of(String.valueOf(System.getProperty("maven.settings")));
        Files.writeString(settings, Files.exists(given) ? Files.readString(given) : "<settings/>");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Result run(String line) throws IOException {
        Map<String, String> env = new LinkedHashMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.toUpperCase(Locale.ROOT).matches(".*(CERT|CA_|CAINFO|BUNDLE).*")) {
                env.put(name, value);
            }
        });
        return EnforcementRig.finish(rig.cordon(env, "run", "--", "sh", "-c", line), "", 900);
    }

    private void check(String what, String line) throws IOException {
        report(what, run(line), true);
    }

    private void refused(String what, String line) throws IOException {
        report(what + " gets nowhere", run(line), false);
    }

    private void report(String what, Result result, boolean expected) {
        boolean good = (result.exit() == 0) == expected;
        passed += good ? 1 : 0;
        failed += good ? 0 : 1;
        System.out.println((good ? "ok      " : "FAILED  ") + what);
        if (!good) {
            System.out.println(result);
        }
    }

    /** Every registry was used through the proxy, and that is in the records. */
    private void recorded(List<String> hosts) throws IOException {
        TreeSet<String> missing = new TreeSet<>(hosts);
        missing.add(GIT_HOST);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!missing.isEmpty() && System.nanoTime() < until) {
            for (Map<String, Object> attempt : Records.egress(rig.spool)) {
                if ("allow".equals(attempt.get("cordon.decision"))) {
                    missing.remove(String.valueOf(attempt.get("server.address")));
                }
            }
            pause();
        }
        report(
                "attempts are recorded for every host" + (missing.isEmpty() ? "" : " but " + missing),
                new Result(missing.size(), "", ""),
                true);
    }
}
