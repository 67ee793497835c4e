package io.cordon.agent.os.windows.service;

import java.util.function.Function;

/** The parts of a {@link ServiceConfig} that Windows changes one at a time. */
public enum ServiceSetting {
    /** Command, name, start, account, dependencies: {@code ChangeServiceConfigW}. */
    BASE(config -> new Object[] {
        config.binaryPath(),
        config.displayName(),
        config.automatic(),
        config.account().toLowerCase(java.util.Locale.ROOT),
        config.dependencies()
    }),
    DELAYED_START(config -> new Object[] {config.delayed()}),
    DESCRIPTION(config -> new Object[] {config.description()}),
    RECOVERY(config -> new Object[] {config.restartDelays(), config.failureReset()}),
    RECOVERY_ON_ERROR(config -> new Object[] {config.failureOnError()}),
    SID_TYPE(config -> new Object[] {config.sidType()}),
    PRIVILEGES(config -> new Object[] {config.privileges()}),
    PRESHUTDOWN(config -> new Object[] {config.preshutdown()}),
    ACCESS(config -> new Object[] {config.access()});

    private final Function<ServiceConfig, Object[]> part;

    ServiceSetting(Function<ServiceConfig, Object[]> part) {
        this.part = part;
    }

    boolean differs(ServiceConfig wanted, ServiceConfig actual) {
        return !java.util.Arrays.equals(part.apply(wanted), part.apply(actual));
    }
}
