package io.cordon.agent.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How files are kept that everybody may read and only the system may change. Nothing here follows a link at the end of a path. */
public interface Custody {
    /**
     * Why somebody else could change what is in a folder, or the folder itself; empty when only the system can.
     *
     * @param holds whether files are kept right in it, or it only leads to them
     */
    Optional<String> distrust(Path folder, boolean holds) throws IOException;

    /** Makes a folder that everybody may enter and only the system may change, from its first moment. */
    void makeFolder(Path folder) throws IOException;

    /** Gives a file to the system, readable by everybody. */
    void seal(Path file) throws IOException;

    /** Whether {@link #rights} are those of a sealed file. */
    boolean sealed(String rights) throws IOException;

    /** Owner and rights of a file, as {@link #give} takes them back. */
    String rights(Path file) throws IOException;

    /** @param rights from {@link #rights} */
    void give(Path file, String rights) throws IOException;

    /** Something that differs once the file, its owner or its rights were changed; cheap. */
    String stamp(Path file) throws IOException;
}
