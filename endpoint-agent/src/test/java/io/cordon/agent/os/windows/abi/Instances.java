package io.cordon.agent.os.windows.abi;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;

/** Makes mapped values: their layout does not depend on what they hold. */
final class Instances {
    /** More than any structure that a constructor may read from where it points. */
    private static final int MEMORY = 1 << 16;

    private Instances() {}

    /** By the constructor with the fewest parameters, all of them nothing. */
    static Object of(Class<?> type) {
        try {
            Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                    .min(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow(() -> new NoSuchMethodException("no constructor"));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(Instances::nothing)
                    .toArray());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnsupportedMapping(
                    type.getName() + ": " + cause
                            + " (expected: a public class that can be made without loading a DLL)",
                    e);
        }
    }

    private static Object nothing(Class<?> type) {
        if (type == Pointer.class) {
            Memory zeros = new Memory(MEMORY);
            zeros.clear();
            return zeros;
        }
        return Array.get(Array.newInstance(type, 1), 0);
    }
}
