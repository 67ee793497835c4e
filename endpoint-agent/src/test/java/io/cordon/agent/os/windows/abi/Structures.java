package io.cordon.agent.os.windows.abi;

import com.sun.jna.Structure;
import io.cordon.agent.os.windows.abi.Element.Kind;
import io.cordon.agent.os.windows.win32.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * The assertions for a structure or union: its size, and of each field offset, size and kind.
 *
 * <p>A field whose Java type carries no {@link Header} and no C name of its own, such as an unnamed union, is looked through: its
 * fields are the C type's, under the field's name if the header gives it one and directly if it does not.
 */
final class Structures {
    private final Class<?> type;
    private final String cType;
    private final List<String> headers;
    private final List<Element> elements = new ArrayList<>();

    private Structures(Class<?> type, Header header) {
        this.type = type;
        this.cType = header.type().isEmpty() ? type.getSimpleName() : header.type();
        this.headers = List.of(header.value());
    }

    static List<Element> elements(Class<?> type, Header header) {
        Structures structure = new Structures(type, header);
        Layout layout = Layout.of(type);
        structure.elements.add(Element.ofType(
                Kind.STRUCTURE,
                type.getSimpleName(),
                structure.cType,
                structure.headers,
                "static_assert(sizeof(" + structure.cType + ") == " + layout.size() + ", \"size (mapping: "
                        + layout.size() + " bytes)\");"));
        structure.add(List.of(), 0, layout);
        return structure.elements;
    }

    /** Whether fields of this type are looked through: a structure within another one that names no header of its own. */
    static boolean isUnnamed(Class<?> type) {
        return Layout.isInline(type)
                && !type.isAnnotationPresent(Header.class)
                && type.getPackageName().startsWith("io.cordon.")
                && !isVariant(type);
    }

    /** The ByReference and ByValue forms of a structure, which add nothing to it. */
    static boolean isVariant(Class<?> type) {
        return (Structure.ByReference.class.isAssignableFrom(type) || Structure.ByValue.class.isAssignableFrom(type))
                && type.getSuperclass().isAnnotationPresent(Header.class);
    }

    private void add(List<String> path, int base, Layout layout) {
        for (Layout.Member member : layout.members()) {
            List<String> names = new ArrayList<>(path);
            names.add(member.name());
            if (Layout.dependsOnPlatformAsField(member.type())) {
                throw new UnsupportedMapping(type.getSimpleName() + "." + String.join(".", names) + ": "
                        + member.type().getSimpleName()
                        + ": its width differs between systems (expected: int or short)");
            }
            if (member.type().isArray() && isUnnamed(member.type().getComponentType())) {
                throw new UnsupportedMapping(type.getSimpleName() + "." + String.join(".", names)
                        + ": an array of structures without @Header (expected: with one)");
            }
            if (isUnnamed(member.type())) {
                add(names, base + member.offset(), Layout.of(member.type()));
            } else {
                elements.add(field(names, base + member.offset(), member));
            }
        }
    }

    private Element field(List<String> path, int offset, Layout.Member member) {
        String function = "member_" + type.getSimpleName() + "_" + String.join("_", path);
        StringBuilder code = new StringBuilder("template <class T> constexpr abi::member " + function + "() { ");
        for (String candidate : candidates(path)) {
            code.append("if constexpr (requires(T t) { t.").append(candidate).append("; }) return ABI_MEMBER(T, ");
            code.append(candidate).append("); else ");
        }
        code.append("return abi::member{}; } ");
        String found = function + "<" + cType + ">()";
        code.append(claim(found + ".exists", "no such field"));
        code.append(claim(found + ".offset == " + offset, "offset (mapping: " + offset + ")"));
        code.append(claim(found + ".size == " + member.size(), "size (mapping: " + member.size() + ")"));
        char kind = kind(member.type());
        if (kind != 'a') {
            code.append(claim("abi::agree(" + found + ".kind, '" + kind + "')", "kind (mapping: " + kind + ")"));
        }
        return Element.ofType(
                Kind.FIELD, type.getSimpleName() + "." + String.join(".", path), cType, headers, code.toString());
    }

    /** Of a field within unnamed ones: with each combination of their names, the fullest first. */
    static List<String> candidates(List<String> path) {
        List<String> candidates = new ArrayList<>();
        String last = path.get(path.size() - 1);
        int outer = path.size() - 1;
        for (int named = (1 << outer) - 1; named >= 0; named--) {
            StringBuilder candidate = new StringBuilder();
            for (int i = 0; i < outer; i++) {
                if ((named >> i & 1) != 0) {
                    candidate.append(path.get(i)).append('.');
                }
            }
            candidates.add(candidate.append(last).toString());
        }
        return candidates;
    }

    private static char kind(Class<?> fieldType) {
        if (fieldType.isArray()) {
            return 'a';
        }
        return Layout.isInline(fieldType) ? 's' : Shape.of(fieldType).kind();
    }

    private static String claim(String condition, String message) {
        return "static_assert(" + condition + ", \"" + message + "\"); ";
    }
}
