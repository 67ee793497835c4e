#define _GNU_SOURCE
#include "enter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../start_linux.h"
#include "fd_message.h"

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

static void tell(char kind) {
    (void)!send(ENTER_STATUS_FD, &kind, 1, MSG_NOSIGNAL);
}

/* Abstract Unix sockets belong to the network namespace, which an online run shares with the host: Landlock (ABI 6) keeps
 * the sandbox to its own. Without a kernel that can, they stay reachable; ATTACK-SURFACE.md says so. */
static void scope_abstract_sockets(void) {
    struct {
        uint64_t handled_access_fs, handled_access_net, scoped;
    } rules = {0, 0, 3 /* abstract sockets, signals */};
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (fd >= 0) syscall(SYS_landlock_restrict_self, fd, 0);
}

static int first_terminal(void) {
    for (int fd = 0; fd < 3; fd++)
        if (isatty(fd)) return fd;
    return -1;
}

static void tell_command(void) {
    char kind = STATUS_COMMAND;
    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    (void)!fd_message_send(ENTER_STATUS_FD, &kind, 1, self, 0);
    if (self >= 0) close(self);
}

static int start(char **argv) {
    tell_command();
    return become(argv);
}

/* Leads the terminal's session so that the command is a job that can be suspended (a session leader cannot). */
static int lead(pid_t job) {
    int status;
    for (;;) {
        if (waitpid(job, &status, WUNTRACED) < 0) {
            if (errno == EINTR) continue;
            return 125;
        }
        if (WIFEXITED(status)) return WEXITSTATUS(status);
        if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
        if (WIFSTOPPED(status)) tell(STATUS_STOPPED);
    }
}

static int with_terminal(char **argv) {
    int tty = first_terminal();
    if (setsid() < 0 || tty < 0 || ioctl(tty, TIOCSCTTY, 0) != 0) {
        dprintf(2, "cordon: no terminal for the command: %s\n", strerror(errno));
        return 125;
    }
    prctl(PR_SET_DUMPABLE, 0); /* its status channel is not for the command */
    signal(SIGTTOU, SIG_IGN);
    pid_t job = fork();
    if (job < 0) {
        dprintf(2, "cordon: cannot start the command: %s\n", strerror(errno));
        return 125;
    }
    setpgid(job, job);
    if (job == 0) {
        tcsetpgrp(tty, getpid());
        signal(SIGTTOU, SIG_DFL);
        _exit(start(argv));
    }
    static const int from_terminal[] = {SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGTSTP, SIGTTIN};
    for (size_t i = 0; i < sizeof from_terminal / sizeof *from_terminal; i++) signal(from_terminal[i], SIG_IGN);
    return lead(job);
}

int enter_main(int argc, char **argv) {
    if (argc < 7 || strcmp(argv[5], "--") != 0) return 125;
    const char *flags = argv[2];
    long open_files = atol(argv[3]);
    setpriority(PRIO_PROCESS, 0, atoi(argv[4])); /* upwards only from the spawner's: never more than the caller has */
    dup2(ENTER_STDERR_FD, 2);
    close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    if (open_files > 0) {
        struct rlimit limit;
        getrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_max > (rlim_t)open_files) limit.rlim_max = (rlim_t)open_files;
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            dprintf(2, "cordon: cannot limit open files: %s\n", strerror(errno));
            return 125;
        }
    }
    if (strchr(flags, 'n')) scope_abstract_sockets();
    if (strchr(flags, 't')) return with_terminal(argv + 6);
    return start(argv + 6);
}
