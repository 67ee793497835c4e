package io.cordon.agent.main;

import io.cordon.agent.adapters.settings.Restoration;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * {@code cordon-agent uninstall}: plays the ledger backwards, then removes the data folder. Only the agent's own sub-folders are
 * removed, so that a wrong {@code --data} costs nobody their files.
 */
final class UninstallCommand {
    private UninstallCommand() {}

    static ExitCode run(Machine machine, List<String> words) throws CommandException {
        Arguments arguments = Arguments.parse(machine, words, Set.of("data", "runtime"));
        AgentLayout layout = arguments.layout();
        machine.requireAdministrator("uninstall");
        if (!Files.isDirectory(layout.data(), LinkOption.NOFOLLOW_LINKS)) {
            System.out.println("nothing to remove: " + layout.data() + " does not exist");
            return ExitCode.OK;
        }
        if (!Files.isDirectory(layout.ledger(), LinkOption.NOFOLLOW_LINKS)) {
            if (removeUnused(layout)) {
                return ExitCode.OK;
            }
            throw new CommandException(
                    ExitCode.BAD_CONFIG,
                    layout.data() + " is no data folder of the agent: it has no ledger. Check --data");
        }
        try (Ownership owned = Ownership.of(layout.data())) {
            undo(machine, layout);
            for (Path each :
                    List.of(layout.identity(), layout.trust(), layout.policy(), layout.spool(), layout.ledger())) {
                remove(each);
            }
            Files.deleteIfExists(PendingEnrollment.file(layout));
            owned.remove();
            removeIfEmpty(layout.data());
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, "not everything could be removed: " + e.getMessage() + ". Run the same command again");
        }
    }

    /** An installer left an enrollment and the agent never started: then there is nothing else, and nothing to undo. */
    private static boolean removeUnused(AgentLayout layout) throws CommandException {
        try (var inside = Files.list(layout.data())) {
            List<Path> found = inside.toList();
            if (!found.equals(List.of(PendingEnrollment.file(layout))) && !found.isEmpty()) {
                return false;
            }
            Files.deleteIfExists(PendingEnrollment.file(layout));
            Files.delete(layout.data());
            System.out.println("removed " + layout.data());
            return true;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO,
                    layout.data() + " could not be removed: " + e.getMessage() + ". Run the same command again");
        }
    }

    private static void undo(Machine machine, AgentLayout layout) throws CommandException {
        try (Ledger ledger = Ledger.open(layout.ledger())) {
            Files.deleteIfExists(Ownership.file(layout.runtime()));
            remove(layout.runtime().resolve("mask"));
            Restoration.Report settings = new Restoration(ledger, machine.custody()).all();
            settings.undone().forEach(path -> System.out.println("restored " + path));
            if (!settings.kept().isEmpty()) {
                throw new IOException("managed settings of coding agents are not as they were: "
                        + String.join("; ", settings.kept()));
            }
            Provisioner.Report report = machine.uninstall(layout, ledger);
            report.undone().forEach(path -> System.out.println("removed " + path));
            report.kept().forEach(line -> System.out.println("kept " + line));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.DATA_CORRUPT,
                    "the ledger cannot be played back: " + e.getMessage() + ". Nothing else was removed");
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try (var left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                System.out.println("kept " + folder + ": it holds files that are not the agent's");
                return;
            }
        }
        Files.delete(folder);
        System.out.println("removed " + folder);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        System.out.println("removed " + folder);
    }
}
