package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.RegistryValue.Number;
import io.cordon.agent.os.windows.RegistryValue.Text;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsFromTheRegistryTest {
    private static final String VERSION = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    private final MemoryRegistry registry = new MemoryRegistry()
            .with(VERSION, "CurrentBuildNumber", new Text("22631"))
            .with(VERSION, "ProductName", new Text("Windows 10 Pro"))
            .with(VERSION, "DisplayVersion", new Text("23H2"))
            .with(VERSION, "UBR", new Number(4460))
            .with("SYSTEM\\CurrentControlSet\\Control\\ProductOptions", "ProductType", new Text("WinNT"));

    @Test
    void elevenIsCalledEleven() throws IOException {
        assertEquals(new WindowsVersion(1, 22631, "Windows 11 Pro 23H2 (22631.4460)"), WindowsVersion.read(registry));
    }

    @Test
    void withoutABuildNumberThereIsNoVersion() {
        registry.write(VERSION, "CurrentBuildNumber", new Text("ten"));
        assertThrows(IOException.class, () -> WindowsVersion.read(registry));
    }

    @ParameterizedTest
    @CsvSource({"WinNT, 1", "LanmanNT, 2", "ServerNT, 3", "Other, 0"})
    void productTypesAreNumbers(String name, int type) throws IOException {
        registry.write("SYSTEM\\CurrentControlSet\\Control\\ProductOptions", "ProductType", new Text(name));
        assertEquals(type, WindowsVersion.read(registry).productType());
    }

    @Test
    void theMachinesIdIsThirtyTwoDigitsOrNone() throws IOException {
        assertEquals(Optional.empty(), WindowsVersion.machineGuid(registry));
        registry.write(
                "SOFTWARE\\Microsoft\\Cryptography", "MachineGuid", new Text("0A1B2C3D-0000-1111-2222-333344445555"));
        assertEquals(Optional.of("0a1b2c3d000011112222333344445555"), WindowsVersion.machineGuid(registry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sz:a:b", "expand:%X%", "dword:7", "other:3"})
    void valuesSurviveTheLedger(String text) {
        assertEquals(text, RegistryValue.parse(text).text());
    }

    @Test
    void whoAnAccessListLetsInIsReadFromItsBytes() {
        byte[] system = Sid.LOCAL_SYSTEM.bytes();
        byte[] everyone = Sid.EVERYONE.bytes();
        assertEquals(Set.of(Sid.LOCAL_SYSTEM), AclTrustees.of(acl(ace(0, system), ace(1, everyone))));
        assertEquals(Set.of(), AclTrustees.of(acl()));
        assertEquals(Set.of(Sid.LOCAL_SYSTEM, Sid.EVERYONE), AclTrustees.of(acl(ace(0, system), ace(9, everyone))));
        byte[] whole = acl(ace(0, system));
        for (int cut = 0; cut < whole.length; cut++) {
            assertTrue(AclTrustees.of(java.util.Arrays.copyOf(whole, cut)).contains(Sid.EVERYONE), "cut at " + cut);
        }
    }

    private static byte[] ace(int type, byte[] sid) {
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(8 + sid.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        return bytes.put((byte) type)
                .put((byte) 0)
                .putShort((short) bytes.capacity())
                .putInt(0x1F01FF)
                .put(sid)
                .array();
    }

    private static byte[] acl(byte[]... aces) {
        int size = 8 + List.of(aces).stream().mapToInt(each -> each.length).sum();
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(size).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 2)
                .put((byte) 0)
                .putShort((short) size)
                .putShort((short) aces.length)
                .putShort((short) 0);
        List.of(aces).forEach(bytes::put);
        return bytes.array();
    }

    @Test
    void theServicesCommandLineQuotesWhatHasSpacesAndAlwaysTheProgram() {
        String line = ServiceCommand.line("C:\\jre", 25, "C:\\Program Files\\Cordon", "io.Main", List.of("run"));
        assertTrue(line.startsWith("\"C:\\jre\\bin\\java.exe\" -Xrs "), line);
        assertTrue(
                line.endsWith("\"-Dcordon.home=C:\\Program Files\\Cordon\" -cp \"C:\\Program Files\\Cordon\\lib\\*\""
                        + " io.Main run"),
                line);
        assertTrue(line.contains("-XX:+UseCompactObjectHeaders"));
        assertTrue(!ServiceCommand.line("C:\\jre", 17, "C:\\c", "io.Main", List.of())
                .contains("Compact"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceCommand.line("C:\\jre", 17, "C:\\c", "io.Main", List.of("a\"b")));
    }
}
