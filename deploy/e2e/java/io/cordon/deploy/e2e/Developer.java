package io.cordon.deploy.e2e;

import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.QuickstartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An ordinary user of the machine, with a home folder, made for the tests and removed after them. */
final class Developer implements AutoCloseable {
    private final String name;
    private final Path home;

    private Developer(String name) {
        this.name = name;
        this.home = Path.of("/home", name);
    }

    static Developer create(String name) throws IOException, InterruptedException {
        Developer developer = new Developer(name);
        developer.close();
        Shell.run("useradd", "--create-home", "--shell", "/bin/bash", name);
        return developer;
    }

    String name() {
        return name;
    }

    Path home() {
        return home;
    }

    /** Writes a file of the user's, with its folders. */
    Path write(String path, String content) throws IOException, InterruptedException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Shell.run("chown", "-R", name + ":", home.toString());
        return file;
    }

    /** Copies a program or folder to where the user can read it. */
    Path install(Path source, String path) throws IOException, InterruptedException {
        Path target = home.resolve(path);
        Files.createDirectories(target.getParent());
        Shell.run("cp", "-rL", "--no-preserve=ownership", source.toString(), target.toString());
        Shell.run("chown", "-R", name + ":", home.toString());
        return target;
    }

    /** A new Git repository of the user's. */
    Path repository(String path) throws IOException, InterruptedException {
        Path folder = home.resolve(path);
        Shell.run(asUser("git", "init", "-q", folder.toString()));
        return folder;
    }

    /** Runs a command as the user, in a folder, with a fresh environment. */
    Launch run(Path folder, Path socket, Map<String, String> environment, List<String> command)
            throws QuickstartException, InterruptedException {
        return Launch.run(launcher(socket, environment, command), socket, folder);
    }

    /** The whole command line that runs a command as the user with a fresh environment. */
    List<String> launcher(Path socket, Map<String, String> environment, List<String> command) {
        List<String> clean = new ArrayList<>(List.of("env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + home));
        clean.add("CORDON_SOCKET=" + socket);
        environment.forEach((key, value) -> clean.add(key + "=" + value));
        clean.addAll(command);
        return List.of(asUser(clean.toArray(String[]::new)));
    }

    /** The command line that runs a command as this user. */
    String[] asUser(String... command) {
        List<String> argv =
                new ArrayList<>(List.of("setpriv", "--reuid", name, "--regid", name, "--init-groups", "--"));
        argv.addAll(List.of(command));
        return argv.toArray(String[]::new);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (Files.exists(home)) {
            Process remove = new ProcessBuilder("userdel", "--force", "--remove", name)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            remove.waitFor();
            if (Files.exists(home)) {
                Shell.run("rm", "-rf", home.toString());
            }
        }
    }
}
