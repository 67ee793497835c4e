package io.cordon.agent.adapters.settings;

import java.nio.file.Path;

/**
 * Below which folder vendors' documented places lie.
 *
 * @param root the root of the machine, or a folder that stands for it when Cordon is only tried
 */
public record Place(Path root) {
    public Place {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * @param documented absolute path at this operating system
     * @throws IllegalArgumentException when it is not absolute, or could lead out of the root
     */
    public Path of(String documented) {
        Path path = Path.of(documented);
        Path top = path.getRoot();
        if (top == null || !path.isAbsolute() || !path.equals(path.normalize()) || path.equals(top)) {
            throw new IllegalArgumentException("path: " + documented + " (expected: an absolute one without ..)");
        }
        return root.resolve(top.relativize(path));
    }
}
