package io.cordon.agent.os.windows.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the check accepts what is right and finds each kind of mistake: a check that cannot fail shows nothing. */
@Tag("abi")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbiCheckTest {
    private static final Path FOLDER = Path.of("target/abi-self-test");

    private List<String> found = List.of();

    @BeforeAll
    void checkWrongMappings() throws IOException {
        found = AbiCheck.run(WrongMappings.CLASSES, Lacking.nothing(), FOLDER.resolve("wrong"))
                .problems();
        Files.write(FOLDER.resolve("wrong/problems"), found);
    }

    @Test
    void acceptsRightMappingsAndCountsEach() {
        var report = AbiCheck.run(RightMappings.CLASSES, Lacking.nothing(), FOLDER.resolve("right"));

        assertEquals(List.of(), report.problems());
        assertEquals(RightMappings.ELEMENTS + 1, report.elements().size(), report.kinds());
        assertTrue(
                report.elements().stream().anyMatch(each -> each.name().equals("jna-platform Kernel32.CloseHandle")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Layouts
                "FWP_BYTE_BLOB.data: static assertion failed: offset (mapping: 0)",
                "FWP_BYTE_BLOB.size: static assertion failed: offset (mapping: 8)",
                "FWP_V4_ADDR_AND_MASK: static assertion failed: size (mapping: 12 bytes), compared (8 == 12)",
                "FWP_V4_ADDR_AND_MASK.mask: static assertion failed: size (mapping: 2)",
                "FWP_V4_ADDR_AND_MASK.more: static assertion failed: no such field",
                "FWP_RANGE0.data: static assertion failed: kind (mapping: i)",
                "FWP_VALUE0.value.uint64: static assertion failed: kind (mapping: i)",
                "FWP_VALUE0.value.uint32: static assertion failed: size (mapping: 2)",
                "SECURITY_ATTRIBUTES: SECURITY_ATTRIBUTES.nLength: NativeLong",
                "SID_AND_ATTRIBUTES: SID_AND_ATTRIBUTES.Attributes: char",
                "Unclaimed: a structure without @Header",
                // Functions
                "Fwpuclnt.FwpmEngineOpen0: static assertion failed: parameters (mapping: 4)",
                "Fwpuclnt.FwpmTransactionBegin0: static assertion failed: parameter 2 (mapping: i, 8 bytes)",
                "Fwpuclnt.FwpmFilterDeleteById0: static assertion failed: parameter 2 (mapping: p, 8 bytes)",
                "Fwpuclnt.FwpmEngineClose0: static assertion failed: result (mapping: i, 8 bytes)",
                "Fwpuclnt.FwpmSubLayerAdd: ",
                "Fwpuclnt.FwpmFilterAdd0: static assertion failed: parameter 4 (mapping: p, 8 bytes, pointing to 4)",
                "Fwpuclnt.CreateFile: #error is a macro",
                "Fwpuclnt.FwpmSubLayerAdd: not exported by fwpuclnt",
                "LPTHREAD_START_ROUTINE: static assertion failed: parameter 1 (mapping: i, 4 bytes)",
                // DLLs
                "WrongDll.GetCurrentProcessId: not exported by advapi32",
                "NeverLoaded: no class loads it",
                "NotStdCall: a Library (expected: a StdCallLibrary)",
                "NoHeader: no @Header",
                "jna-platform Advapi32.RegQueryValueExW: static assertion failed: parameter 3 (mapping: i, 4 bytes)",
                "WrongMappings$Wiring.load: Native.load (expected: the DLL's name",
                "WrongMappings$Wiring.load: calls getInstance",
                // Values
                "SomeConstants.FWP_E_ALREADY_EXISTS: static assertion failed: \"value (mapping: -2144206840)",
                "SomeConstants.FWP_UINT_16: ",
                "SomeConstants.SE_BATCH_LOGON_NAME: static assertion failed: text of the mapping",
                "SomeGuids.IID_INetFwPolicy2: static assertion failed: bytes (mapping: 98325047-c671-4174-8d81-defcd3f03187)",
                "SomeGuids.IID_INetFwRule9: ",
                "SomeSlots.get_Rules: static assertion failed: \"slot (mapping: 17)",
                "Wiring.ERROR_ACCESS_DENIED: a constant of the Windows headers outside the check",
                // Kinds
                "UnknownKind: unknown kind of mapping",
            })
    void finds(String problem) {
        assertTrue(
                found.stream().anyMatch(each -> each.startsWith(problem)),
                () -> problem + " (expected: in target/abi-self-test/wrong/problems)");
    }

    @Test
    void findsNothingInNoClasses() {
        var report = AbiCheck.run(List.of(), Lacking.nothing(), FOLDER.resolve("empty"));

        assertEquals(List.of("no mapping found (expected: the classes of the win32 package)"), report.problems());
    }

    @Test
    void comparesWithWhatTheHeadersLackAndDropsWhatTheyHave(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("lacking.h"), """
                #define LACKING(name, why)
                #define LACKING_EXPORT(dll, name, why)
                #define DIFFERENT(name, why)
                LACKING(IID_INetFwRule9, "not in mingw-w64")
                LACKING(IID_INetFwPolicy2, "in mingw-w64 after all")
                LACKING(IID_INetFwUnmapped, "mapped by nothing")
                DIFFERENT(GetTickCount, "jna-platform agrees")
                DIFFERENT(RegQueryValueExW, "an int for a reserved pointer")
                LACKING_EXPORT(fwpuclnt, FwpmSubLayerAdd, "not in the import library")
                LACKING_EXPORT(fwpuclnt, FwpmFilterAdd0, "in the import library after all")
                DEFINE_GUID(IID_INetFwRule9, 0x98325047, 0xc671, 0x4174, 0x8d, 0x81, 0xde, 0xfc, 0xd3, 0xf0, 0x31, 0x87);
                """);

        var report = AbiCheck.run(WrongMappings.CLASSES, Lacking.read(file), FOLDER.resolve("lacking"));

        assertTrue(report.problems().stream()
                .anyMatch(each -> each.startsWith("SomeGuids.IID_INetFwRule9: static assertion")));
        assertTrue(
                report.problems().contains("LACKING IID_INetFwPolicy2: the headers have it (expected: no such line)"));
        assertTrue(report.problems().contains("DIFFERENT GetTickCount: the mapping agrees (expected: no such line)"));
        assertTrue(report.problems()
                .contains(
                        "LACKING_EXPORT fwpuclnt!FwpmFilterAdd0: the import library has it (expected: no such line)"));
        assertTrue(report.problems().stream().noneMatch(each -> each.contains("FwpmSubLayerAdd: not exported")));
        assertTrue(report.problems().stream().noneMatch(each -> each.contains("RegQueryValueExW")));
        assertEquals(
                List.of(
                        "fwpuclnt!FwpmSubLayerAdd: not in the import library: not in the import library",
                        "IID_INetFwPolicy2: not in the headers: in mingw-w64 after all",
                        "IID_INetFwRule9: not in the headers: not in mingw-w64",
                        "jna-platform Advapi32.RegQueryValueExW: an int for a reserved pointer",
                        "jna-platform Kernel32.GetTickCount: jna-platform agrees"),
                report.exempt());
    }
}
