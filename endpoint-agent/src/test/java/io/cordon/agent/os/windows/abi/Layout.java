package io.cordon.agent.os.windows.abi;

import com.sun.jna.Structure;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How JNA lays a structure or union out: its own computation, read from it, not repeated. Sizes and offsets in bytes. */
record Layout(int size, List<Member> members) {

    /** A field of the Java class, in the order of memory. */
    record Member(String name, Class<?> type, int offset, int size) {}

    static Layout of(Class<?> type) {
        Structure instance = (Structure) Instances.of(type);
        try {
            int size = instance.size();
            Method fields = Structure.class.getDeclaredMethod("fields");
            fields.setAccessible(true);
            List<Member> members = new ArrayList<>();
            for (Object each : ((Map<?, ?>) fields.invoke(instance)).values()) {
                members.add(new Member(
                        (String) read(each, "name"), (Class<?>) read(each, "type"), (int) read(each, "offset"), (int)
                                read(each, "size")));
            }
            return new Layout(size, members);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new UnsupportedMapping(type.getName() + ": JNA finds no layout: " + e, e);
        }
    }

    /** Whether a field, also of a structure within, has a width that differs between systems. */
    static boolean dependsOnPlatform(Class<?> type) {
        for (Class<?> each = type; each != null && each != Structure.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && dependsOnPlatformAsField(field.getType())) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean dependsOnPlatformAsField(Class<?> type) {
        Class<?> element = type.isArray() ? type.getComponentType() : type;
        return element == char.class
                || com.sun.jna.NativeLong.class.isAssignableFrom(element)
                || isInline(element) && dependsOnPlatform(element);
    }

    /** Whether a field of this type is the structure itself rather than a pointer to it. */
    static boolean isInline(Class<?> type) {
        return Structure.class.isAssignableFrom(type) && !Structure.ByReference.class.isAssignableFrom(type);
    }

    private static Object read(Object structField, String name) throws ReflectiveOperationException {
        for (Class<?> each = structField.getClass(); each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(structField);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }
}
