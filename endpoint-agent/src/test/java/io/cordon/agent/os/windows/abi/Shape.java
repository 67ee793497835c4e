package io.cordon.agent.os.windows.abi;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.NativeMapped;
import com.sun.jna.NativeMappedConverter;
import com.sun.jna.Pointer;
import com.sun.jna.PointerType;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.ptr.ByReference;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.util.Map;

/**
 * What JNA passes for a Java type on Win64.
 *
 * @param kind v(oid), p(ointer), i(nteger), f(loat), s(tructure by value)
 * @param size in bytes
 * @param pointee size of what is pointed to, 0 where the Java type leaves it open
 */
record Shape(char kind, int size, int pointee) {
    private static final int POINTER = 8;
    private static final int WIDE_CHARACTER = 2;

    /** JNA passes a Java boolean as a 32-bit integer, which is a BOOL, and never a BOOLEAN. */
    private static final Map<Class<?>, Shape> PRIMITIVES = Map.of(
            void.class, new Shape('v', 0, 0),
            byte.class, new Shape('i', 1, 0),
            short.class, new Shape('i', 2, 0),
            int.class, new Shape('i', 4, 0),
            long.class, new Shape('i', 8, 0),
            boolean.class, new Shape('i', 4, 0),
            float.class, new Shape('f', 4, 0),
            double.class, new Shape('f', 8, 0));

    private static final Map<Class<?>, Class<?>> UNBOXED = Map.of(
            Byte.class, byte.class,
            Short.class, short.class,
            Integer.class, int.class,
            Long.class, long.class,
            Boolean.class, boolean.class,
            Float.class, float.class,
            Double.class, double.class);

    /**
     * Of a parameter or a result.
     *
     * @throws UnsupportedMapping for a type whose size is not the same wherever this runs
     */
    static Shape of(Class<?> type) {
        Shape primitive = PRIMITIVES.get(UNBOXED.getOrDefault(type, type));
        if (primitive != null) {
            return primitive;
        }
        rejectPlatformDependent(type);
        if (Structure.class.isAssignableFrom(type)) {
            boolean byValue = Structure.ByValue.class.isAssignableFrom(type);
            return byValue ? new Shape('s', Layout.of(type).size(), 0) : pointerTo(structureSize(type));
        }
        if (type.isArray()) {
            return pointerTo(elementSize(type.getComponentType()));
        }
        if (ByReference.class.isAssignableFrom(type)) {
            return pointerTo(Math.toIntExact(((Memory) ((ByReference) Instances.of(type)).getPointer()).size()));
        }
        if (PointerType.class.isAssignableFrom(type)) {
            return pointerTo(0);
        }
        if (NativeMapped.class.isAssignableFrom(type)) {
            return of(NativeMappedConverter.getInstance(type).nativeType());
        }
        if (type == WString.class) {
            return pointerTo(WIDE_CHARACTER);
        }
        if (type == Pointer.class
                || type == String.class
                || Callback.class.isAssignableFrom(type)
                || Buffer.class.isAssignableFrom(type)) {
            return pointerTo(0);
        }
        throw new UnsupportedMapping(type.getName() + " (expected: a type that JNA passes)");
    }

    /** NativeLong and char have the build machine's width, not that of Windows. */
    static void rejectPlatformDependent(Class<?> type) {
        Class<?> element = type.isArray() ? type.getComponentType() : type;
        if (NativeLong.class.isAssignableFrom(element)) {
            throw new UnsupportedMapping("NativeLong: its width is not that of Windows everywhere (expected: int)");
        }
        if (type == char.class) {
            throw new UnsupportedMapping("char: its width is not that of Windows everywhere (expected: short)");
        }
    }

    private static Shape pointerTo(int size) {
        return new Shape('p', POINTER, size);
    }

    /** 0 if it is open or holds wide characters, whose width JNA takes from the machine that this runs on. */
    private static int structureSize(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return 0; // A parameter for any structure.
        }
        return Layout.dependsOnPlatform(type) ? 0 : Layout.of(type).size();
    }

    /** An array of bytes stands for a buffer of anything. */
    private static int elementSize(Class<?> element) {
        if (element == byte.class) {
            return 0;
        }
        if (element == char.class) {
            return WIDE_CHARACTER;
        }
        if (Structure.class.isAssignableFrom(element) && !Structure.ByReference.class.isAssignableFrom(element)) {
            return structureSize(element);
        }
        return of(element).size();
    }
}
