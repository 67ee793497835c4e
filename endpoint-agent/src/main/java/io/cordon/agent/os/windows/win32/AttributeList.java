package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.BaseTSD.SIZE_T;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTR;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTRByReference;
import io.cordon.agent.os.windows.launch.LaunchException;
import java.util.ArrayList;
import java.util.List;

/** Attributes of a process to be started; what they point to lives as long as this. */
final class AttributeList implements AutoCloseable {
    private static final String STAGE = "process";
    private static final Kernel32Processes KERNEL32 = Kernel32Processes.Library.KERNEL32;

    private final Memory list;
    private final List<Memory> values = new ArrayList<>();

    AttributeList(int count) throws LaunchException {
        ULONG_PTRByReference size = new ULONG_PTRByReference();
        // Says how much it takes, by failing.
        KERNEL32.InitializeProcThreadAttributeList(null, count, 0, size);
        list = new Memory(Math.max(size.getValue().longValue(), 1));
        if (!KERNEL32.InitializeProcThreadAttributeList(list, count, 0, size)) {
            throw Handles.failure(STAGE, "InitializeProcThreadAttributeList");
        }
    }

    void handles(int attribute, List<Long> handles) throws LaunchException {
        Memory value = new Memory((long) handles.size() * Native.POINTER_SIZE);
        for (int i = 0; i < handles.size(); i++) {
            value.setPointer((long) i * Native.POINTER_SIZE, new Pointer(handles.get(i)));
        }
        values.add(value);
        update(attribute, value, value.size());
    }

    private void update(int attribute, Pointer value, long size) throws LaunchException {
        if (!KERNEL32.UpdateProcThreadAttribute(
                list, 0, new ULONG_PTR(attribute), value, new SIZE_T(size), null, null)) {
            throw Handles.failure(STAGE, String.format("UpdateProcThreadAttribute(0x%x)", attribute));
        }
    }

    Pointer pointer() {
        return list;
    }

    @Override
    public void close() {
        KERNEL32.DeleteProcThreadAttributeList(list);
    }
}
