package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Local users and groups. Buffers that come back are freed with {@code NetApiBufferFree}. */
@Header({"windows.h", "lm.h"})
interface NetapiAccounts extends StdCallLibrary {
    int NetUserAdd(@Nullable WString server, int level, Pointer buffer, @Nullable IntByReference wrongParameter);

    int NetUserDel(@Nullable WString server, WString user);

    int NetUserGetInfo(@Nullable WString server, WString user, int level, PointerByReference buffer);

    int NetUserSetInfo(
            @Nullable WString server, WString user, int level, Pointer buffer, @Nullable IntByReference wrongParameter);

    int NetUserGetLocalGroups(
            @Nullable WString server,
            WString user,
            int level,
            int flags,
            PointerByReference buffer,
            int most,
            IntByReference read,
            IntByReference total);

    int NetUserEnum(
            @Nullable WString server,
            int level,
            int filter,
            PointerByReference buffer,
            int most,
            IntByReference read,
            IntByReference total,
            IntByReference resume);

    int NetUserModalsGet(@Nullable WString server, int level, PointerByReference buffer);

    int NetLocalGroupAdd(@Nullable WString server, int level, Pointer buffer, @Nullable IntByReference wrongParameter);

    int NetLocalGroupDel(@Nullable WString server, WString group);

    int NetLocalGroupGetInfo(@Nullable WString server, WString group, int level, PointerByReference buffer);

    int NetLocalGroupAddMembers(@Nullable WString server, WString group, int level, Pointer buffer, int count);

    int NetLocalGroupDelMembers(@Nullable WString server, WString group, int level, Pointer buffer, int count);

    int NetApiBufferFree(Pointer buffer);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final NetapiAccounts NETAPI32 = Native.load("netapi32", NetapiAccounts.class);

        private Library() {}
    }

    @Header({"windows.h", "lm.h"})
    @Structure.FieldOrder({
        "usri1_name",
        "usri1_password",
        "usri1_password_age",
        "usri1_priv",
        "usri1_home_dir",
        "usri1_comment",
        "usri1_flags",
        "usri1_script_path"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class USER_INFO_1 extends Structure {
        public @Nullable Pointer usri1_name;
        public @Nullable Pointer usri1_password;
        public int usri1_password_age;
        public int usri1_priv;
        public @Nullable Pointer usri1_home_dir;
        public @Nullable Pointer usri1_comment;
        public int usri1_flags;
        public @Nullable Pointer usri1_script_path;

        USER_INFO_1() {}

        USER_INFO_1(Pointer memory) {
            super(memory);
        }
    }

    @Header({"windows.h", "lm.h"})
    @Structure.FieldOrder({"usri1003_password"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class USER_INFO_1003 extends Structure {
        public @Nullable Pointer usri1003_password;
    }

    @Header({"windows.h", "lm.h"})
    @Structure.FieldOrder({"usri1008_flags"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class USER_INFO_1008 extends Structure {
        public int usri1008_flags;
    }

    @Header({"windows.h", "lm.h"})
    @Structure.FieldOrder({"usrmod3_lockout_duration", "usrmod3_lockout_observation_window", "usrmod3_lockout_threshold"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class USER_MODALS_INFO_3 extends Structure {
        public int usrmod3_lockout_duration;
        public int usrmod3_lockout_observation_window;
        public int usrmod3_lockout_threshold;

        USER_MODALS_INFO_3(Pointer memory) {
            super(memory);
        }
    }

    @Header({"windows.h", "lm.h"})
    @Structure.FieldOrder({"lgrpi1_name", "lgrpi1_comment"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class LOCALGROUP_INFO_1 extends Structure {
        public @Nullable Pointer lgrpi1_name;
        public @Nullable Pointer lgrpi1_comment;

        LOCALGROUP_INFO_1() {}

        LOCALGROUP_INFO_1(Pointer memory) {
            super(memory);
        }
    }

    @Header({"windows.h", "lm.h"})
    @Structure.FieldOrder({"lgrmi0_sid"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class LOCALGROUP_MEMBERS_INFO_0 extends Structure {
        public @Nullable Pointer lgrmi0_sid;
    }
}
