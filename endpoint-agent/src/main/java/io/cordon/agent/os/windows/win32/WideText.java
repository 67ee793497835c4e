package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UTF-16 in native memory. */
final class WideText {
    private WideText() {}

    static Memory of(String text) {
        Memory memory = new Memory((text.length() + 1L) * Native.WCHAR_SIZE);
        memory.setWideString(0, text);
        return memory;
    }

    /** Each ends with a NUL, all with one more. */
    static Memory multi(List<String> texts) {
        StringBuilder all = new StringBuilder();
        texts.forEach(each -> all.append(each).append('\0'));
        all.append('\0');
        Memory memory = new Memory((long) all.length() * Native.WCHAR_SIZE);
        memory.write(0, all.toString().toCharArray(), 0, all.length());
        return memory;
    }

    static String read(@Nullable Pointer text) {
        return text == null ? "" : text.getWideString(0);
    }

    static List<String> readMulti(@Nullable Pointer texts) {
        List<String> all = new ArrayList<>();
        long at = 0;
        while (texts != null && texts.getChar(at) != 0) {
            String each = texts.getWideString(at);
            all.add(each);
            at += (each.length() + 1L) * Native.WCHAR_SIZE;
        }
        return all;
    }
}
