package io.cordon.agent.os.windows.abi;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Structure;
import com.sun.jna.win32.StdCallLibrary;
import io.cordon.agent.os.windows.win32.Header;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts classes into the kinds of mapping and code; what fits none is a problem, never left out. */
final class Mappings {
    private final List<Element> elements = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Class<?>> libraries = new ArrayList<>();
    private final List<Class<?>> code = new ArrayList<>();

    private final Set<Class<?>> unnamed = new HashSet<>();
    private final Set<Class<?>> lookedThrough = new HashSet<>();

    private Mappings() {}

    static Mappings of(List<Class<?>> classes) {
        Mappings mappings = new Mappings();
        for (Class<?> type : classes) {
            try {
                mappings.sort(type, type.getAnnotation(Header.class));
            } catch (UnsupportedMapping e) {
                mappings.problems.add(type.getSimpleName() + ": " + e.getMessage());
            }
        }
        for (Class<?> type : mappings.unnamed) {
            if (!mappings.lookedThrough.contains(type)) {
                mappings.problems.add(
                        type.getSimpleName() + ": a structure without @Header that no structure with one has within");
            }
        }
        return mappings;
    }

    List<Element> elements() {
        return elements;
    }

    List<String> problems() {
        return problems;
    }

    /** The interfaces whose functions are among the elements. */
    List<Class<?>> libraries() {
        return libraries;
    }

    /** The classes that map nothing and call what is mapped. */
    List<Class<?>> code() {
        return code;
    }

    private void sort(Class<?> type, @Nullable Header header) {
        String name = type.getSimpleName();
        if (Structure.class.isAssignableFrom(type)) {
            structure(type, header);
        } else if (type.isInterface() && Library.class.isAssignableFrom(type)) {
            library(type, required(type, header));
        } else if (type.isInterface() && Callback.class.isAssignableFrom(type)) {
            elements.add(Functions.callback(type, required(type, header)));
        } else if (name.endsWith("Guids")) {
            elements.addAll(Constants.guids(type, required(type, header)));
        } else if (name.endsWith("Slots")) {
            elements.addAll(Constants.slots(type, required(type, header)));
        } else if (name.endsWith("Constants")) {
            elements.addAll(Constants.constants(type, required(type, header)));
        } else if (header != null) {
            throw new UnsupportedMapping("unknown kind of mapping (expected: a Structure, a StdCallLibrary, a callback,"
                    + " or a name that ends in Constants, Guids or Slots)");
        } else {
            code.add(type);
        }
    }

    private void structure(Class<?> type, @Nullable Header header) {
        if (header != null) {
            lookThrough(type);
            elements.addAll(Structures.elements(type, header));
            elements.addAll(Constants.numbersBeside(type, header));
        } else if (Structures.isVariant(type)) {
            if (Arrays.stream(type.getDeclaredFields()).anyMatch(field -> !Modifier.isStatic(field.getModifiers()))) {
                throw new UnsupportedMapping("a ByReference or ByValue form with fields (expected: none of its own)");
            }
        } else {
            unnamed.add(type);
        }
    }

    private void lookThrough(Class<?> type) {
        Arrays.stream(type.getDeclaredFields())
                .map(java.lang.reflect.Field::getType)
                .filter(Structures::isUnnamed)
                .filter(lookedThrough::add)
                .forEach(this::lookThrough);
    }

    private void library(Class<?> type, Header header) {
        if (!StdCallLibrary.class.isAssignableFrom(type)) {
            throw new UnsupportedMapping("a Library (expected: a StdCallLibrary)");
        }
        libraries.add(type);
        elements.addAll(Functions.elements(type, header));
        elements.addAll(Constants.numbersBeside(type, header));
    }

    private static Header required(Class<?> type, @Nullable Header header) {
        if (header == null) {
            throw new UnsupportedMapping("no @Header (expected: the header that it was written from)");
        }
        return header;
    }
}
