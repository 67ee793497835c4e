package io.cordon.policy.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that starts the command given in its arguments.
 *
 * @param valued its options that take the next word
 * @param operands how many words stand before the command
 * @param assignments whether {@code NAME=value} words stand before it
 * @param carrier whether it changes nothing that an allow rule should know
 * @param appends whether further arguments are added that are not known
 */
record Wrapper(Set<String> valued, int operands, boolean assignments, boolean carrier, boolean appends) {

    private static final Map<String, Wrapper> KNOWN = known();

    static @Nullable Wrapper named(String name) {
        return KNOWN.get(name);
    }

    private static Map<String, Wrapper> known() {
        Map<String, Wrapper> all = new HashMap<>();
        all.put("env", new Wrapper(Set.of("-u", "--unset", "-C", "--chdir"), 0, true, true, false));
        for (String plain : List.of("nohup", "setsid", "builtin", "command", "chronic", "caffeinate")) {
            all.put(plain, carrier(0));
        }
        all.put("exec", carrier(0, "-a"));
        all.put("nice", carrier(0, "-n", "--adjustment"));
        all.put("time", carrier(0, "-f", "--format", "-o", "--output"));
        all.put("timeout", carrier(1, "-s", "--signal", "-k", "--kill-after"));
        all.put("stdbuf", carrier(0, "-i", "-o", "-e", "--input", "--output", "--error"));
        all.put("ionice", carrier(0, "-c", "-n", "-p", "--class", "--classdata"));
        all.put("chrt", carrier(1, "-T", "-P", "-D"));
        all.put("taskset", carrier(1));
        all.put("watch", carrier(0, "-n", "--interval", "-q", "--equexit"));
        all.put("strace", carrier(0, "-e", "-o", "-p", "-s", "-u", "-P", "-E", "-a", "-O", "-S", "-I", "-b", "-X"));
        all.put("ltrace", carrier(0, "-e", "-o", "-p", "-s", "-u", "-a", "-n", "-l", "-x"));
        all.put("flock", carrier(1, "-w", "--wait", "--timeout", "-E", "--conflict-exit-code"));
        all.put("busybox", carrier(0));
        all.put("toybox", carrier(0));
        all.put("call", carrier(0));
        all.put("start", carrier(0));
        Set<String> sudo = Set.of(
                "-u",
                "--user",
                "-g",
                "--group",
                "-h",
                "--host",
                "-p",
                "--prompt",
                "-C",
                "--close-from",
                "-r",
                "--role",
                "-t",
                "--type",
                "-T",
                "--command-timeout",
                "-U",
                "--other-user",
                "-D",
                "--chdir",
                "-R",
                "--chroot");
        all.put("sudo", new Wrapper(sudo, 0, true, false, false));
        all.put("doas", new Wrapper(Set.of("-u", "-C"), 0, true, false, false));
        all.put("pkexec", new Wrapper(Set.of("--user"), 0, false, false, false));
        all.put("runuser", new Wrapper(Set.of("-u", "--user", "-g", "-G"), 0, false, false, false));
        all.put("chroot", new Wrapper(Set.of("--userspec", "--groups"), 1, false, false, false));
        all.put("unshare", new Wrapper(Set.of("-S", "-G", "-R", "-w"), 0, false, false, false));
        all.put("nsenter", new Wrapper(Set.of("-t", "--target", "-S", "-G"), 0, false, false, false));
        Set<String> xargs = Set.of(
                "-I",
                "-n",
                "-P",
                "-L",
                "-s",
                "-d",
                "-E",
                "-a",
                "--arg-file",
                "--delimiter",
                "--max-args",
                "--max-procs",
                "--max-chars",
                "--process-slot-var");
        all.put("xargs", new Wrapper(xargs, 0, false, true, true));
        all.put("parallel", new Wrapper(Set.of("-j", "--jobs", "-a", "-I", "-n", "-N"), 0, false, true, true));
        return Map.copyOf(all);
    }

    private static Wrapper carrier(int operands, String... valued) {
        return new Wrapper(Set.of(valued), operands, false, true, false);
    }
}
