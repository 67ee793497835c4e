package io.cordon.agent.adapters.discovery;

import java.util.List;

/**
 * Where coding agents are installed, below a home or the machine's root. A {@code *} stands for any one name.
 *
 * @param packages folders {@code node_modules}
 * @param programs folders of programs
 * @param extensions folders of Visual Studio Code and what came of it
 * @param pythons folders of Python environments, each named after what it holds; {@code lib} below
 * @param brews Homebrew's Cellar and Caskroom
 * @param wingets folders of WinGet's packages
 */
record Places(
        List<String> packages,
        List<String> programs,
        List<String> extensions,
        List<String> pythons,
        List<String> brews,
        List<String> wingets) {
    private static final List<String> EXTENSIONS = List.of(
            ".vscode/extensions",
            ".vscode-insiders/extensions",
            ".vscode-oss/extensions",
            ".vscode-server/extensions",
            ".vscode-server-insiders/extensions",
            ".cursor/extensions",
            ".cursor-server/extensions",
            ".windsurf/extensions");

    private static final Places LINUX_HOME = new Places(
            List.of(
                    ".npm-global/lib/node_modules",
                    ".npm-packages/lib/node_modules",
                    ".local/lib/node_modules",
                    ".nvm/versions/node/*/lib/node_modules",
                    ".volta/tools/image/packages/*/lib/node_modules",
                    ".volta/tools/image/packages/*/*/lib/node_modules",
                    ".local/share/fnm/node-versions/*/installation/lib/node_modules",
                    ".fnm/node-versions/*/installation/lib/node_modules",
                    ".local/share/mise/installs/node/*/lib/node_modules",
                    ".asdf/installs/nodejs/*/lib/node_modules",
                    ".local/share/pnpm/global/*/node_modules",
                    ".bun/install/global/node_modules",
                    ".config/yarn/global/node_modules",
                    ".npm/_npx/*/node_modules",
                    "node_modules"),
            List.of(
                    ".local/bin",
                    "bin",
                    ".npm-global/bin",
                    ".local/share/pnpm",
                    ".bun/bin",
                    ".cargo/bin",
                    ".opencode/bin",
                    "go/bin"),
            EXTENSIONS,
            List.of(".local/share/uv/tools", ".local/share/pipx/venvs", ".local/pipx/venvs"),
            List.of(".linuxbrew/Cellar", ".linuxbrew/Caskroom"),
            List.of());

    private static final Places LINUX_MACHINE = new Places(
            List.of(
                    "usr/lib/node_modules",
                    "usr/local/lib/node_modules",
                    "usr/local/nvm/versions/node/*/lib/node_modules",
                    "opt/*/node_modules",
                    "opt/*/lib/node_modules",
                    "home/linuxbrew/.linuxbrew/lib/node_modules"),
            List.of("usr/local/bin", "usr/bin", "opt/*/bin"),
            List.of(),
            List.of("opt/pipx/venvs", "usr/local/share/uv/tools"),
            List.of("home/linuxbrew/.linuxbrew/Cellar", "home/linuxbrew/.linuxbrew/Caskroom"),
            List.of());

    private static final Places WINDOWS_HOME = new Places(
            List.of(
                    "AppData/Roaming/npm/node_modules",
                    "AppData/Roaming/nvm/*/node_modules",
                    "AppData/Local/nvm/*/node_modules",
                    "AppData/Local/Volta/tools/image/packages/*/node_modules",
                    "AppData/Local/Volta/tools/image/packages/*/*/node_modules",
                    "AppData/Roaming/fnm/node-versions/*/installation/node_modules",
                    "AppData/Local/pnpm/global/*/node_modules",
                    "AppData/Local/Yarn/Data/global/node_modules",
                    "AppData/Local/npm-cache/_npx/*/node_modules",
                    ".bun/install/global/node_modules",
                    "scoop/apps/*/current/node_modules"),
            List.of(
                    ".local/bin",
                    "AppData/Roaming/npm",
                    "AppData/Local/pnpm",
                    "AppData/Local/Programs/*",
                    ".bun/bin",
                    ".cargo/bin",
                    ".opencode/bin",
                    "scoop/shims"),
            EXTENSIONS,
            List.of("AppData/Roaming/uv/tools", "pipx/venvs"),
            List.of(),
            List.of("AppData/Local/Microsoft/WinGet/Packages"));

    private static final Places WINDOWS_MACHINE = new Places(
            List.of("Program Files/nodejs/node_modules", "Program Files/*/node_modules"),
            List.of("Program Files/*", "Program Files/*/bin"),
            List.of(),
            List.of(),
            List.of(),
            List.of("Program Files/WinGet/Packages"));

    static Places home(boolean windows) {
        return windows ? WINDOWS_HOME : LINUX_HOME;
    }

    static Places machine(boolean windows) {
        return windows ? WINDOWS_MACHINE : LINUX_MACHINE;
    }
}
