package io.cordon.agent.os.windows.launch;

/** The file system as one account sees it. */
@FunctionalInterface
public interface FileLookup {
    Kind kind(String path);

    /** What a path leads to. */
    enum Kind {
        /** Nothing, a folder, or something that this account may not see. */
        ABSENT,
        FILE,
        /** An execution alias of the Store, which starts nothing under a restricted token. */
        ALIAS
    }
}
