package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;

/**
 * Random SIDs of the form S-1-5-21-a-b-c-d, 127 bits, in which no account of this machine or its domain can be. The last part is
 * far above the numbers of well-known groups such as 512, which {@code LUA_TOKEN} makes deny-only in any domain.
 */
public final class CapabilitySids implements Supplier<Sid> {
    private static final int NT_AUTHORITY = 5;
    private static final long ACCOUNTS = 21;
    private static final long HIGH = 0x8000_0000L;
    private final SecureRandom random = new SecureRandom();

    @Override
    public Sid get() {
        return new Sid(NT_AUTHORITY, List.of(ACCOUNTS, part(), part(), part(), part() | HIGH));
    }

    private long part() {
        return Integer.toUnsignedLong(random.nextInt());
    }
}
