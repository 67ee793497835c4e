package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.launch.FileLookup;
import java.io.IOException;

/** The file system as the owner of a token sees it. */
final class NativeFiles implements FileLookup {
    private static final System.Logger LOG = System.getLogger(NativeFiles.class.getName());

    /** {@code IO_REPARSE_TAG_APPEXECLINK}, which the headers lack. */
    private static final int EXECUTION_ALIAS = 0x8000001B;

    private final HANDLE token;

    NativeFiles(HANDLE token) {
        this.token = token;
    }

    @Override
    public Kind kind(String path) {
        try {
            return Impersonation.as(token, () -> look(path));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} could not be looked for: {1}", path, e.getMessage());
            return Kind.ABSENT;
        }
    }

    private static Kind look(String path) {
        int attributes = Kernel32.INSTANCE.GetFileAttributes(path);
        if (attributes == ProcessConstants.INVALID_FILE_ATTRIBUTES) {
            // An alias leads nowhere for whoever did not install the program.
            return isAlias(path) ? Kind.ALIAS : Kind.ABSENT;
        }
        if ((attributes & ProcessConstants.FILE_ATTRIBUTE_DIRECTORY) != 0) {
            return Kind.ABSENT;
        }
        boolean reparse = (attributes & ProcessConstants.FILE_ATTRIBUTE_REPARSE_POINT) != 0;
        return reparse && isAlias(path) ? Kind.ALIAS : Kind.FILE;
    }

    private static boolean isAlias(String path) {
        if (path.indexOf('*') >= 0 || path.indexOf('?') >= 0) {
            return false;
        }
        WinBase.WIN32_FIND_DATA found = new WinBase.WIN32_FIND_DATA();
        HANDLE search = Kernel32.INSTANCE.FindFirstFile(path, found.getPointer());
        if (!Handles.isValid(search)) {
            return false;
        }
        Kernel32.INSTANCE.FindClose(search);
        found.read();
        return (found.dwFileAttributes & ProcessConstants.FILE_ATTRIBUTE_REPARSE_POINT) != 0
                && found.dwReserved0 == EXECUTION_ALIAS;
    }
}
