package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.os.windows.service.ServiceSetting;
import io.cordon.agent.os.windows.service.ServiceStatus.State;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service control manager, with a small service of the same making as the agent. */
@Tag("wine")
class ServiceOnWindowsTest {
    private static final String NAME = "CordonTiny";
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @TempDir
    Path dir;

    private final NativeServices services = new NativeServices();

    @AfterEach
    void remove() throws IOException {
        services.stop(NAME, PATIENCE);
        services.delete(NAME);
    }

    private static String java() {
        return System.getProperty("java.home") + "\\bin\\java.exe";
    }

    /** The class path goes through a file, since a service's command line is short. */
    private Path classPath() throws IOException {
        String path = System.getProperty("java.class.path").replace("\\", "\\\\");
        String random = System.getProperty("java.security.properties", "").replace("\\", "\\\\");
        return Files.writeString(
                dir.resolve("classpath"), "-cp\n\"" + path + "\"\n\"-Djava.security.properties=" + random + "\"\n");
    }

    private String line(String... words) throws IOException {
        return "\"" + java() + "\" -Xrs -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djna.nosys=true \"@" + classPath()
                + "\" " + TinyService.class.getName() + " " + NAME + " " + String.join(" ", words);
    }

    private ServiceConfig config(String line) throws IOException {
        ServiceConfig wanted = ServiceConfig.wanted(line);
        return new ServiceConfig(
                line,
                "Cordon, tiny",
                wanted.description(),
                false,
                false,
                wanted.account(),
                List.of(),
                wanted.restartDelays(),
                wanted.failureReset(),
                wanted.failureOnError(),
                wanted.sidType(),
                wanted.privileges(),
                wanted.preshutdown(),
                services.canonical(wanted.access()));
    }

    @Test
    void startsRunsStopsAndIsRemoved() throws IOException {
        assertEquals(Optional.empty(), services.state(NAME));
        services.create(NAME, config(line()));
        assertEquals(Optional.of(State.STOPPED), services.state(NAME));
        services.start(NAME, PATIENCE);
        assertEquals(Optional.of(State.RUNNING), services.state(NAME));
        services.start(NAME, PATIENCE);
        services.stop(NAME, PATIENCE);
        assertEquals(Optional.of(State.STOPPED), services.state(NAME));
        services.delete(NAME);
        assertEquals(Optional.empty(), services.state(NAME));
        services.delete(NAME);
    }

    @Test
    void theExitCodeIsTheServicesOwn() throws IOException {
        services.create(NAME, config(line("66")));
        services.start(NAME, PATIENCE);
        services.stop(NAME, PATIENCE);
        Winsvc.SC_HANDLE manager = Advapi32.INSTANCE.OpenSCManager(null, null, Winsvc.SC_MANAGER_CONNECT);
        Winsvc.SC_HANDLE service = Advapi32.INSTANCE.OpenService(manager, NAME, Winsvc.SERVICE_QUERY_STATUS);
        Winsvc.SERVICE_STATUS status = new Winsvc.SERVICE_STATUS();
        assertTrue(Advapi32.INSTANCE.QueryServiceStatus(service, status));
        Advapi32.INSTANCE.CloseServiceHandle(service);
        Advapi32.INSTANCE.CloseServiceHandle(manager);
        assertEquals(ServiceConstants.ERROR_SERVICE_SPECIFIC_ERROR, status.dwWin32ExitCode);
        assertEquals(66, status.dwServiceSpecificExitCode);
    }

    /** Windows gives the service's own exit code; Wine, for a service that ends before it runs, sometimes 1053 instead. */
    @Test
    void aFailedStartIsSeenByWhoeverStartsIt() throws IOException {
        services.create(NAME, config(line("-66")));
        IOException failed = assertThrows(IOException.class, () -> services.start(NAME, PATIENCE));
        assertTrue(failed.getMessage().matches("(?s).*(ended with exit code 66|1053).*"), failed.getMessage());
    }

    @Test
    void outsideTheManagerItIsAnOrdinaryProgram() throws Exception {
        Process process = new ProcessBuilder(
                        java(), "-XX:TieredStopAtLevel=1", "@" + classPath(), TinyService.class.getName(), NAME)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile())
                .start();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS));
        assertEquals(TinyService.NOT_A_SERVICE, process.exitValue(), Files.readString(dir.resolve("out")));
    }

    @Test
    void itsCommandIsReplacedInPlace() throws IOException {
        services.create(NAME, config(line()));
        services.change(NAME, ServiceSetting.BASE, config(line("-66")));
        assertThrows(IOException.class, () -> services.start(NAME, PATIENCE));
    }

    @Test
    void aServiceThatIsNotThereIsSaid() {
        IOException missing = assertThrows(IOException.class, () -> services.start(NAME, PATIENCE));
        assertTrue(missing.getMessage().contains("error 1060"), missing.getMessage());
    }

    @NotShownUnderWine("Wine has no delayed start, recovery flag, service SID or required privileges (error 124)")
    void everySettingIsReadAsItWasWritten() throws IOException {
        ServiceConfig wanted = config(line());
        services.create(NAME, wanted);
        for (ServiceSetting each : ServiceSetting.values()) {
            services.change(NAME, each, wanted);
        }
        assertEquals(Optional.of(wanted), services.read(NAME));
    }
}
