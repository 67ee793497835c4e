package io.cordon.agent.os.windows.abi;

import com.sun.jna.Library;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.Type;

/** The functions of jna-platform that our code calls: its mappings are others' work, but our calls depend on them. */
final class PlatformCalls {
    /** How the elements' names begin. */
    static final String OWNER = "jna-platform ";

    private static final String PACKAGE = "com/sun/jna/platform/win32/";

    /** jna-platform does not say which header a function is from: these are of what it maps. */
    private static final List<String> HEADERS = List.of(
            "winternl.h",
            "ntsecapi.h",
            "aclapi.h",
            "sddl.h",
            "lm.h",
            "dsgetdc.h",
            "userenv.h",
            "wtsapi32.h",
            "psapi.h",
            "tlhelp32.h",
            "shlobj.h",
            "wincrypt.h",
            "winevt.h",
            "secext.h",
            "objbase.h",
            "oleauto.h");

    private final Exports exports = new Exports();
    private final List<Element> elements = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private PlatformCalls() {}

    static PlatformCalls of(List<Class<?>> classes) {
        Map<String, ClassFile.Call> calls = new TreeMap<>();
        for (Class<?> type : classes) {
            for (ClassFile.Call call : ClassFile.of(type).calls()) {
                if (call.owner().startsWith(PACKAGE)) {
                    calls.putIfAbsent(call.owner() + "." + call.method() + call.descriptor(), call);
                }
            }
        }
        PlatformCalls platform = new PlatformCalls();
        calls.values().forEach(platform::add);
        return platform;
    }

    List<Element> elements() {
        return elements;
    }

    List<String> problems() {
        return problems;
    }

    private void add(ClassFile.Call call) {
        try {
            Class<?> owner = Class.forName(call.owner().replace('/', '.'), false, PlatformCalls.class.getClassLoader());
            if (!owner.isInterface() || !Library.class.isAssignableFrom(owner)) {
                return; // Java code of theirs, not a function of Windows.
            }
            Method method = Arrays.stream(owner.getMethods())
                    .filter(each -> Modifier.isAbstract(each.getModifiers()))
                    .filter(each -> each.getName().equals(call.method()))
                    .filter(each -> Type.getMethodDescriptor(each).equals(call.descriptor()))
                    .findFirst()
                    .orElseThrow(() -> new UnsupportedMapping("no such method"));
            elements.add(Functions.platformFunction(
                    OWNER + owner.getSimpleName() + ".", method, symbol(owner, method.getName()), HEADERS));
        } catch (ClassNotFoundException | UnsupportedMapping e) {
            problems.add(call.where() + ": calls " + call.owner() + "." + call.method() + ": " + e.getMessage());
        }
    }

    /** As its function mapper finds it: the wide form if there is one. */
    private String symbol(Class<?> owner, String method) {
        List<ClassFile.Load> loads = ClassFile.of(owner).loads();
        if (loads.size() != 1 || loads.get(0).dll() == null) {
            throw new UnsupportedMapping("loaded " + loads.size() + " times (expected: once, with a DLL's name)");
        }
        String dll = loads.get(0).dll().toLowerCase(Locale.ROOT);
        Set<String> exported = exports.of(dll)
                .orElseThrow(() -> new UnsupportedMapping(dll + ": mingw-w64 has no import library of that name"));
        String wide = method + "W";
        String symbol = exported.contains(wide) ? wide : method;
        if (!exported.contains(symbol)) {
            throw new UnsupportedMapping("not exported by " + dll);
        }
        return symbol;
    }
}
