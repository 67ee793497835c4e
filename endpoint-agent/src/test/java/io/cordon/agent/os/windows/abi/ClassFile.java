package io.cordon.agent.os.windows.abi;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What reflection does not tell without running a class: its constants, and what it calls. */
final class ClassFile {
    private final ClassNode node = new ClassNode();

    private ClassFile() {}

    /** A DLL loaded as an interface; either is null where the call names no constant. */
    record Load(String where, String dll, Type library) {}

    /** A method called, as the byte code names it. */
    record Call(String where, String owner, String method, String descriptor) {}

    static ClassFile of(Class<?> type) {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new UnsupportedMapping(type.getName() + ": no class file " + name);
            }
            ClassFile file = new ClassFile();
            new ClassReader(bytes).accept(file.node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return file;
        } catch (IOException e) {
            throw new UnsupportedMapping(type.getName() + ": " + e, e);
        }
    }

    /** The static fields and their compile-time values; null for a value that only running the class would tell. */
    Map<String, Object> constants() {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (FieldNode field : node.fields) {
            if ((field.access & Opcodes.ACC_STATIC) != 0 && (field.access & Opcodes.ACC_SYNTHETIC) == 0) {
                constants.put(field.name, field.value);
            }
        }
        return constants;
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode each : method.instructions) {
                if (each instanceof MethodInsnNode call) {
                    calls.add(new Call(where(method), call.owner, call.name, call.desc));
                }
            }
        }
        return calls;
    }

    /** Each {@code Native.load(dll, interface…)}. */
    List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode each : method.instructions) {
                if (each instanceof MethodInsnNode call && isLoad(call)) {
                    loads.add(new Load(where(method), (String) constantBefore(call, String.class), (Type)
                            constantBefore(call, Type.class)));
                }
            }
        }
        return loads;
    }

    private static boolean isLoad(MethodInsnNode call) {
        return call.owner.equals("com/sun/jna/Native") && (call.name.equals("load") || call.name.equals("loadLibrary"));
    }

    /** The nearest constant of this type since the call before, which the arguments of this one cannot come from. */
    private static Object constantBefore(MethodInsnNode call, Class<?> type) {
        for (AbstractInsnNode each = call.getPrevious(); each != null; each = each.getPrevious()) {
            if (each instanceof LdcInsnNode constant && type.isInstance(constant.cst)) {
                return constant.cst;
            }
            if (each instanceof MethodInsnNode earlier && isLoad(earlier)) {
                return null;
            }
        }
        return null;
    }

    private String where(MethodNode method) {
        return node.name.substring(node.name.lastIndexOf('/') + 1) + "." + method.name;
    }
}
