package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** A way down a tree: each step is one name below a folder that is held open, or checked before and after. */
interface Descent {
    /** The folder at the end of these names; nothing when one of them is no folder that the owner may enter. */
    Optional<Step> open(List<String> names) throws IOException;

    /** One folder that was reached. */
    interface Step extends AutoCloseable {
        /** Empty when nothing of that name stands here. */
        Optional<Found> find(String name) throws IOException;

        DirectoryStream<Path> entries() throws IOException;

        /** Opens a regular file, never a link. */
        SeekableByteChannel file(String name) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** @param readable whether the owner of the tree could read it himself */
    record Found(BasicFileAttributes attributes, boolean readable) {}
}
