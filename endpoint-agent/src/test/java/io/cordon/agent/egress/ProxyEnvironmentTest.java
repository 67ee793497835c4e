package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs and the machine are told. */
class ProxyEnvironmentTest {
    private static final ProxyPass PASS = new ProxyPass(4711, "run", "sec-ret_1");

    @Test
    void theCallersOwnProxyIsReplacedAndItsOptionsAreKept() {
        Map<String, String> env =
                new HashMap<>(Map.of("HTTPS_PROXY", "http://other:1", "no_proxy", "*", "MAVEN_OPTS", "-Xmx1g"));
        ProxyEnvironment.add(env, PASS);
        for (String name : new String[] {
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
            "npm_config_proxy",
            "npm_config_https_proxy"
        }) {
            assertEquals("http://run:sec-ret_1@127.0.0.1:4711", env.get(name), name);
        }
        assertEquals("localhost,127.0.0.1,::1", env.get("NO_PROXY"));
        assertEquals(env.get("NO_PROXY"), env.get("no_proxy"));
        assertTrue(env.get("MAVEN_OPTS").startsWith("-Xmx1g -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=4711 "));
        assertTrue(env.get("GRADLE_OPTS").contains("-Dhttps.proxyPassword=sec-ret_1 "));
        assertFalse(env.containsKey("JAVA_TOOL_OPTIONS"));
        assertFalse(PASS.toString().contains("sec"));
    }

    private static EgressSettings read(Path folder, String json, String mode) throws IOException {
        Path file = folder.resolve("egress.json");
        Files.deleteIfExists(file);
        Files.writeString(file, json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return EgressSettingsFile.read(file);
    }

    @Test
    void settingsAreReadAndWhatIsLeftOutIsUsual(@TempDir Path folder) throws IOException {
        assertEquals(EgressSettings.DEFAULT, read(folder, "{}", "rw-------"));
        EgressSettings settings = read(
                folder,
                "{\"port\": 3129, \"connections\": 10, \"connectionsPerRun\": 5, \"bytesPerRun\": 7, \"upstream\":"
                        + " {\"host\": \"p.test\", \"user\": \"u\", \"password\": \"geheim\", \"direct\": [\"*.in.test\"]}}",
                "rw-------");
        assertEquals(3129, settings.port());
        assertEquals(10, settings.limits().connections());
        assertEquals(5, settings.limits().connectionsPerRun());
        assertEquals(7, settings.limits().bytesPerRun());
        assertEquals("u@p.test:3128 but for [*.in.test]", String.valueOf(settings.upstream()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"prot\": 1}",
                "{\"port\": \"1\"}",
                "{\"port\": 70000}",
                "{\"port\": 1.5}",
                "{\"port\": 1, \"port\": 2}",
                "{\"upstream\": {}}",
                "{\"upstream\": {\"host\": \"a b\"}}",
                "{\"upstream\": {\"host\": \"a\", \"user\": \"u\"}}",
                "{\"upstream\": {\"host\": \"a\", \"direct\": \"b\"}}",
                "{\"upstream\": {\"host\": \"a\", \"ntlm\": true}}",
                "{\"connections\": 1, \"connectionsPerRun\": 2}",
                "{\"bytesPerRun\": -1}",
            })
    void oddSettingsAreRefused(String json, @TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> read(folder, json, "rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void settingsThatOthersReachAreRefused(String mode, @TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> read(folder, "{}", mode));
    }
}
