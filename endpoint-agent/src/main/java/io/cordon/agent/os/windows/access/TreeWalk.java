package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Goes through everything below a folder, parents before children, from one open folder to the next; through no reparse point.
 * Not by recursion: how deep folders are nested is a run's to choose, and must not keep the entries of others from being set.
 */
final class TreeWalk {
    /** Of folders inside of one another, each of which is held open meanwhile. Paths have 32,767 characters. */
    private static final int MAX_DEPTH = 16_384;

    private final SecuredFile top;
    private final Step step;
    private final Deque<Level> levels = new ArrayDeque<>();

    /** What is done with each object. */
    @FunctionalInterface
    interface Step {
        /**
         * @param above the folder it is in, as it was when its first object was reached
         * @return whether what is in it comes next, if it is a folder
         */
        boolean take(SecurityDescriptor above, SecuredFile child, Path path) throws IOException;
    }

    /** How the top leads to an object; put together only where somebody asks. */
    @FunctionalInterface
    interface Path {
        String from(String top);
    }

    private record Level(SecuredFile folder, String name, SecurityDescriptor descriptor, Iterator<String> names) {}

    private TreeWalk(SecuredFile top, Step step) {
        this.top = top;
        this.step = step;
    }

    static void below(SecuredFile top, Step step) throws IOException {
        new TreeWalk(top, step).run();
    }

    private void run() throws IOException {
        try {
            if (isEntered(top)) {
                enter(top, "");
            }
            while (!levels.isEmpty()) {
                Level level = levels.getLast();
                if (level.names().hasNext()) {
                    take(level, level.names().next());
                } else {
                    leave();
                }
            }
        } finally {
            while (!levels.isEmpty()) {
                leave();
            }
        }
    }

    private static boolean isEntered(SecuredFile file) {
        return file.directory() && !file.reparsePoint();
    }

    private void take(Level level, String name) throws IOException {
        Optional<SecuredFile> found = level.folder().child(name);
        if (found.isEmpty()) {
            return;
        }
        SecuredFile child = found.get();
        boolean entered = false;
        try {
            if (step.take(level.descriptor(), child, from -> path(from, name)) && isEntered(child)) {
                enter(child, name);
                entered = true;
            }
        } finally {
            if (!entered) {
                child.close();
            }
        }
    }

    private void enter(SecuredFile folder, String name) throws IOException {
        if (levels.size() == MAX_DEPTH) {
            throw new IOException(
                    top.finalPath() + ": folders in it are nested more than " + MAX_DEPTH + " deep; remove them");
        }
        levels.addLast(
                new Level(folder, name, folder.descriptor(), folder.names().iterator()));
    }

    private void leave() throws IOException {
        Level level = levels.removeLast();
        if (level.folder() != top) {
            level.folder().close();
        }
    }

    private String path(String from, String name) {
        String path = from;
        for (Level level : levels) {
            path = level.folder() == top ? path : WindowsPaths.join(path, level.name());
        }
        return WindowsPaths.join(path, name);
    }
}
