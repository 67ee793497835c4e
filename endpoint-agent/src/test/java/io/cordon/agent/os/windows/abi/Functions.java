package io.cordon.agent.os.windows.abi;

import com.sun.jna.Callback;
import com.sun.jna.win32.StdCallLibrary;
import io.cordon.agent.os.windows.abi.Element.Kind;
import io.cordon.agent.os.windows.win32.Header;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The assertions for functions and callbacks: that they exist by that name, and their parameters and result. */
final class Functions {
    private Functions() {}

    /** The functions that an interface maps: its methods without a body. */
    static List<Method> of(Class<?> library) {
        return Arrays.stream(library.getDeclaredMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                .toList();
    }

    static List<Element> elements(Class<?> library, Header header) {
        List<Element> elements = new ArrayList<>();
        for (Method method : of(library)) {
            elements.add(function(library.getSimpleName() + ".", method, method.getName(), List.of(header.value())));
        }
        return elements;
    }

    /** Of our own mapping: each width exactly as in the header. */
    static Element function(String owner, Method method, String symbol, List<String> headers) {
        return function(owner, method, symbol, headers, "is");
    }

    /** Of others' mapping: they pass an int for a WORD, of which the function reads the lower half. */
    static Element platformFunction(String owner, Method method, String symbol, List<String> headers) {
        return function(owner, method, symbol, headers, "takes");
    }

    private static Element function(
            String owner, Method method, String symbol, List<String> headers, String comparison) {
        String code = "\n#ifdef " + symbol + "\n#error is a macro: map the function that it stands for\n#endif\n";
        return Element.of(
                Kind.FUNCTION,
                owner + symbol,
                symbol,
                headers,
                code + assertions("decltype(&" + symbol + ")", owner + symbol, method, comparison));
    }

    /** A callback's type is a pointer to a function. */
    static Element callback(Class<?> callback, Header header) {
        if (!StdCallLibrary.StdCallCallback.class.isAssignableFrom(callback)) {
            throw new UnsupportedMapping(callback.getSimpleName() + ": a callback (expected: a StdCallCallback)");
        }
        List<Method> methods = of(callback).stream()
                .filter(method -> !Arrays.asList(Callback.class.getMethods()).contains(method))
                .toList();
        if (methods.size() != 1) {
            throw new UnsupportedMapping(callback.getSimpleName() + ": " + methods.size() + " methods (expected: 1)");
        }
        String cType = header.type().isEmpty() ? callback.getSimpleName() : header.type();
        return Element.ofType(
                Kind.CALLBACK,
                callback.getSimpleName(),
                cType,
                List.of(header.value()),
                assertions(cType, callback.getSimpleName(), methods.get(0), "is"));
    }

    private static String assertions(String cType, String name, Method method, String comparison) {
        if (method.isVarArgs()) {
            throw new UnsupportedMapping(name + ": variable parameters (expected: each parameter by itself)");
        }
        Class<?>[] parameters = method.getParameterTypes();
        StringBuilder code = new StringBuilder();
        code.append("static_assert(abi::signature<")
                .append(cType)
                .append(">::count == ")
                .append(parameters.length);
        code.append(", \"parameters (mapping: ").append(parameters.length).append(")\"); ");
        for (int i = 0; i < parameters.length; i++) {
            String parameter = "abi::parameter<" + cType + ">(" + i + ")";
            code.append(claim(parameter, comparison, "parameter " + (i + 1), shape(name, parameters[i])));
        }
        String result = "abi::signature<" + cType + ">::result";
        code.append(claim(result, "is", "result", resultShape(name, method.getReturnType())));
        return code.toString();
    }

    private static Shape shape(String name, Class<?> type) {
        try {
            return Shape.of(type);
        } catch (UnsupportedMapping e) {
            throw new UnsupportedMapping(name + ": " + e.getMessage(), e);
        }
    }

    /** A structure that is returned by pointer may be one of many: its size is not compared. */
    private static Shape resultShape(String name, Class<?> type) {
        Shape shape = shape(name, type);
        return shape.kind() == 'p' ? new Shape('p', shape.size(), 0) : shape;
    }

    private static String claim(String found, String comparison, String what, Shape expected) {
        return String.format(
                "static_assert(%s.%s('%c', %d, %d), \"%s (mapping: %c, %d bytes%s)\"); ",
                found,
                comparison,
                expected.kind(),
                expected.size(),
                expected.pointee(),
                what,
                expected.kind(),
                expected.size(),
                expected.pointee() == 0 ? "" : ", pointing to " + expected.pointee());
    }
}
