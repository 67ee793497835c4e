package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

@Header("oleauto.h")
@NullUnmarked // What may be null, the documentation of each function says.
interface OleAut32Variants extends StdCallLibrary {
    /** Loads the DLL where it is first used, and nowhere else. */
    final class Loaded {
        static final OleAut32Variants INSTANCE = Native.load("oleaut32", OleAut32Variants.class);

        private Loaded() {}
    }

    /** Gives back what the VARIANT holds. */
    int VariantClear(Pointer variant);
}
