package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.KnownFolders;
import com.sun.jna.platform.win32.Shell32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinNT;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.service.ThisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** This process and the places of this machine. */
public final class NativeSystem implements ThisProcess {
    @Override
    public Sid user() throws IOException {
        return token(token -> Sid.parse(Advapi32Util.getTokenAccount(token).sidString));
    }

    @Override
    public boolean administrator() throws IOException {
        return token(token -> {
            WinNT.TOKEN_GROUPS groups = groups(token);
            return Arrays.stream(groups.getGroups())
                    .filter(each -> (each.Attributes & AccountConstants.SE_GROUP_USE_FOR_DENY_ONLY) == 0)
                    .anyMatch(each -> Sid.read(each.Sid.getBytes(), 0).equals(Sid.ADMINISTRATORS));
        });
    }

    private static WinNT.TOKEN_GROUPS groups(WinNT.HANDLE token) throws IOException {
        com.sun.jna.ptr.IntByReference size = new com.sun.jna.ptr.IntByReference();
        Advapi32.INSTANCE.GetTokenInformation(token, WinNT.TOKEN_INFORMATION_CLASS.TokenGroups, null, 0, size);
        WinNT.TOKEN_GROUPS groups = new WinNT.TOKEN_GROUPS(size.getValue());
        if (!Advapi32.INSTANCE.GetTokenInformation(
                token, WinNT.TOKEN_INFORMATION_CLASS.TokenGroups, groups, size.getValue(), size)) {
            throw Failure.last("GetTokenInformation");
        }
        return groups;
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(WinNT.HANDLE token) throws IOException;
    }

    private static <T> T token(Use<T> use) throws IOException {
        WinNT.HANDLEByReference token = new WinNT.HANDLEByReference();
        if (!Advapi32.INSTANCE.OpenProcessToken(Kernel32.INSTANCE.GetCurrentProcess(), WinNT.TOKEN_QUERY, token)) {
            throw Failure.last("OpenProcessToken");
        }
        try {
            return use.with(token.getValue());
        } catch (Win32Exception e) {
            throw Failure.of("GetTokenInformation", e.getErrorCode());
        } finally {
            Kernel32.INSTANCE.CloseHandle(token.getValue());
        }
    }

    @Override
    public Path programData() throws IOException {
        try {
            return Path.of(Shell32Util.getKnownFolderPath(KnownFolders.FOLDERID_ProgramData));
        } catch (Win32Exception e) {
            throw Failure.of("SHGetKnownFolderPath(ProgramData)", e.getErrorCode());
        }
    }
}
