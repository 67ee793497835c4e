package io.cordon.agent.os.windows.wine;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.Provider;
import java.security.SecureRandomSpi;

/**
 * Random numbers from the machine below Wine. The JDK's own generator takes the network interfaces for part of its seed, and
 * listing them ends the JVM under Wine 8, whose {@code iphlpapi} lacks a function.
 */
public final class HostRandom extends Provider {
    private static final long serialVersionUID = 1;

    public HostRandom() {
        super("HostRandom", "1", "random numbers of the machine below Wine");
        put("SecureRandom.HostRandom", Device.class.getName());
        put("SecureRandom.HostRandom ThreadSafe", "true");
    }

    /** Reads the device that every Unix has. */
    public static final class Device extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The device needs none.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            try (InputStream device = new FileInputStream("Z:\\dev\\urandom")) {
                if (device.readNBytes(bytes, 0, bytes.length) != bytes.length) {
                    throw new IOException("/dev/urandom ended");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            engineNextBytes(seed);
            return seed;
        }
    }
}
