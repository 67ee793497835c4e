#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cgroup.h"
#include "enter.h"
#include "exit_status.h"
#include "fd_message.h"
#include "relay.h"
#include "run.h"
#include "sealed_stdio.h"
#include "terminal.h"

#define TERM_GRACE_MS 5000

static struct {
    const struct run_input *input;
    int channel, status, errors;
    struct cgroup cgroup;
    pid_t child, relay; /* child: bubblewrap's outer process */
    int child_fd;
    pid_t command; /* 0 until it starts */
    int command_fd, end_fd; /* for signals; for how it ended, from itself: a short command is gone before we could open one */
    struct order early; /* the last signal that came before it */
    unsigned limits;
    int64_t deadline_ms; /* monotonic; 0: none */
    char error_text[400];
    size_t error_length;
} k;

int64_t now_epoch_nanos(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t monotonic_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void send_note(struct note *note, int fd) {
    note->at = now_epoch_nanos();
    (void)!fd_message_send(k.channel, note, sizeof *note, fd, 0);
}

static void note_failed(const char *stage, const char *text) {
    struct note note = {.kind = NOTE_FAILED};
    snprintf(note.stage, sizeof note.stage, "%s", stage);
    snprintf(note.text, sizeof note.text, "%s", text);
    send_note(&note, -1);
}

/* Everything of the run ends here, whatever state it is in. The pid namespace takes along what left the process group. */
static void kill_all(void) {
    if (!cgroup_kill(&k.cgroup) && k.child > 0) kill(k.child, SIGKILL);
    if (k.relay > 0) kill(k.relay, SIGKILL);
}

/* Our children, and the sandbox's init, which we inherit and which ends last. */
static void wait_for_rest(void) {
    if (k.relay > 0) kill(k.relay, SIGKILL);
    k.relay = 0;
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) continue;
}

static _Noreturn void finish(void) {
    kill_all();
    wait_for_rest();
    cgroup_remove(&k.cgroup);
    _exit(0);
}

static _Noreturn void fail_errno(const char *stage) {
    note_failed(stage, strerror(errno));
    finish();
}

static void start_relay(void) {
    static int listeners[2 * PLAN_MAX_PORTS];
    const struct plan *plan = k.input->plan;
    if (!plan->offline || plan->port_count == 0) return;
    int count = relay_listen(k.input->netns, plan->ports, plan->port_count, listeners);
    if (count < 0) fail_errno("loopback");
    pid_t keeper = getpid();
    k.relay = fork();
    if (k.relay < 0) fail_errno("loopback");
    if (k.relay > 0) {
        for (int i = 0; i < count; i++) close(listeners[i]);
        return;
    }
    prctl(PR_SET_NAME, "cordon-relay");
    setpriority(PRIO_PROCESS, 0, k.input->nice);
    close(k.channel);
    for (int i = 0; i < 3; i++) close(k.input->stdio[i]);
    if (setresgid(plan->gid, plan->gid, plan->gid) != 0 || setresuid(plan->uid, plan->uid, plan->uid) != 0) _exit(1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper) _exit(1);
    relay_serve(listeners, plan->ports, count, plan->hello_port, plan->hello);
}

static void start_child(const int stdio[3], bool terminal) {
    int status[2], errors[2], on = 1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, status) != 0 || pipe2(errors, O_CLOEXEC | O_NONBLOCK) != 0) fail_errno("channel");
    setsockopt(status[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
    struct child_start start = {k.input, &k.cgroup, getpid(), status[1], errors[1], {stdio[0], stdio[1], stdio[2]}, terminal};
    struct clone_args args = {.flags = CLONE_PIDFD | CLONE_CLEAR_SIGHAND, .pidfd = (uintptr_t)&k.child_fd, .exit_signal = SIGCHLD};
    if (k.cgroup.unified >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)k.cgroup.unified;
    }
    k.child = (pid_t)syscall(SYS_clone3, &args, sizeof args);
    if (k.child < 0) fail_errno("fork");
    if (k.child == 0) child_main(&start);
    close(status[1]);
    close(errors[1]);
    k.status = status[0];
    k.errors = errors[0];
}

static void signal_command(int signal, bool group) {
    if (signal == SIGKILL) {
        kill_all();
    } else if (!k.command) {
        k.early = (struct order){signal, group};
    } else if (group) {
        pid_t leader = getpgid(k.command);
        if (leader > 1) kill(-leader, signal);
    } else if (k.command_fd >= 0) {
        syscall(SYS_pidfd_send_signal, k.command_fd, signal, NULL, 0);
    }
}

static void read_errors(void) {
    char text[512];
    ssize_t n = read(k.errors, text, sizeof text);
    if (n <= 0) return;
    size_t room = sizeof k.error_text - 1 - k.error_length, take = (size_t)n < room ? (size_t)n : room;
    memcpy(k.error_text + k.error_length, text, take);
    k.error_length += take;
}

static void command_started(pid_t pid) {
    if (k.command || pid <= 0) return;
    k.command = pid;
    k.command_fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct note note = {.kind = NOTE_STARTED, .pid = pid};
    send_note(&note, -1);
    if (k.early.signal) signal_command(k.early.signal, k.early.group);
}

/* False at the end of the channel. Before the command starts the sender is our own child; afterwards only
 * STATUS_STOPPED, which harms nobody, is believed. */
static bool read_status(bool *failed) {
    char message[1024];
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {message, sizeof message - 1};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
    ssize_t n = recvmsg(k.status, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n <= 0) return n < 0 && (errno == EAGAIN || errno == EINTR);
    message[n] = 0;
    struct ucred from = {0};
    int fd = -1;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDENTIALS) memcpy(&from, CMSG_DATA(c), sizeof from);
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) memcpy(&fd, CMSG_DATA(c), sizeof fd);
    }
    if (message[0] == STATUS_COMMAND && !k.command) {
        k.end_fd = fd;
    } else if (fd >= 0) {
        close(fd);
    }
    struct note note = {0};
    if (message[0] == STATUS_STOPPED) {
        note.kind = NOTE_STOPPED;
        send_note(&note, -1);
    } else if (k.command) {
        return true;
    } else if (message[0] == STATUS_COMMAND) {
        command_started(from.pid);
    } else if (message[0] == STATUS_CREATED && (size_t)n > sizeof note.created) {
        note.kind = NOTE_CREATED;
        memcpy(note.created, message + 1, sizeof note.created);
        send_note(&note, -1);
    } else if (message[0] == STATUS_FAILED) {
        *failed = true;
        note_failed(message + 1, message + 2 + strlen(message + 1));
    }
    return true;
}

static void read_order(void) {
    struct order order;
    ssize_t n = recv(k.channel, &order, sizeof order, MSG_DONTWAIT);
    if (n == (ssize_t)sizeof order && order.signal > 0 && order.signal < NSIG) {
        signal_command(order.signal, order.group);
    } else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        finish(); /* the spawner is gone */
    }
}

/* Polite at first, final after a grace period; the second call is the end. */
static void time_is_up(void) {
    if (k.limits & LIMIT_WALL_CLOCK) {
        kill_all();
        k.deadline_ms = 0;
        return;
    }
    k.limits |= LIMIT_WALL_CLOCK;
    k.deadline_ms = monotonic_ms() + TERM_GRACE_MS;
    signal_command(SIGTERM, true);
}

static int time_left(void) {
    if (!k.deadline_ms) return -1;
    int64_t left = k.deadline_ms - monotonic_ms();
    return left <= 0 ? 0 : left > 1000000 ? 1000000 : (int)left;
}

/* Waits for bubblewrap's outer process, whose status is the command's, and ends what the command left behind. */
static int outcome(void) {
    int status = 0;
    waitpid(k.child, &status, 0);
    k.child = 0;
    /* With the group's kill switch nothing of the run executes another instruction, and the caller need not wait until the
     * kernel has taken the namespaces apart (several ms). Without it, the end of the sandbox's init is the proof. */
    if (!cgroup_kill(&k.cgroup)) wait_for_rest();
    return status;
}

static void report(int status, bool failed) {
    struct note note = {.kind = NOTE_EXITED, .limits = k.limits};
    note.limits |= cgroup_account(&k.cgroup, &note.max_memory_kib, &note.cpu_micros);
    if (!k.command) {
        if (failed) return;
        while (k.error_length < sizeof k.error_text - 1) {
            size_t before = k.error_length;
            read_errors();
            if (k.error_length == before) break;
        }
        for (size_t i = 0; i < k.error_length; i++)
            if (k.error_text[i] == '\n') k.error_text[i] = ' ';
        if (WIFSIGNALED(status)) snprintf(k.error_text, sizeof k.error_text, "bubblewrap was killed by signal %d", WTERMSIG(status));
        note_failed("confinement", k.error_text[0] ? k.error_text : "bubblewrap ended without starting the command");
        return;
    }
    note.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    note.signal = WIFSIGNALED(status) ? WTERMSIG(status) : exit_signal(k.end_fd);
    if (note.signal) note.code = 128 + note.signal;
    send_note(&note, -1);
}

static void loop(void) {
    bool failed = false;
    for (;;) {
        struct pollfd fds[] = {{k.channel, POLLIN, 0}, {k.status, POLLIN, 0}, {k.errors, POLLIN, 0}, {k.child_fd, POLLIN, 0}};
        int n = poll(fds, 4, time_left());
        if (n == 0 && k.deadline_ms) time_is_up();
        if (n <= 0) continue;
        if (fds[1].revents && !read_status(&failed)) {
            close(k.status);
            k.status = -1; /* poll passes over a negative descriptor */
        }
        if (fds[2].revents & POLLIN) {
            read_errors();
        } else if (fds[2].revents) {
            close(k.errors);
            k.errors = -1;
        }
        if (fds[0].revents) read_order();
        if (fds[3].revents) break;
    }
    while (k.status >= 0 && !failed && !k.command && recv(k.status, &(char){0}, 1, MSG_PEEK | MSG_DONTWAIT) > 0) read_status(&failed);
    report(outcome(), failed);
    finish();
}

static _Noreturn void keep(struct run_input *input, int channel) {
    k.input = input;
    k.channel = channel;
    k.command_fd = k.end_fd = k.status = k.errors = -1;
    prctl(PR_SET_NAME, "cordon-keeper");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const struct plan *plan = input->plan;
    if (!cgroup_create(&k.cgroup, input->id, plan->processes, plan->memory_mib)) {
        note_failed("limits", "cannot set the limits of the control group");
        finish();
    }
    start_relay();
    int stdio[3], master = -1, slave = -1;
    const char *problem = stdio_seal(input->stdio);
    if (!problem) problem = terminal_open(input->stdio, plan->uid, stdio, &master, &slave);
    if (problem) {
        note_failed("stdio", problem);
        finish();
    }
    start_child(stdio, master >= 0);
    for (int i = 0; i < 3; i++) close(input->stdio[i]);
    if (master >= 0) {
        struct note note = {.kind = NOTE_PTY};
        send_note(&note, master);
        close(master);
        close(slave);
    }
    if (plan->wall_clock_seconds) k.deadline_ms = monotonic_ms() + plan->wall_clock_seconds * 1000;
    loop();
    _exit(1);
}

/* The keeper holds the channel, the caller's stdio and the namespace, and nothing else of the spawner's. They are moved to
 * a block above everything in use, so that the rest can go in two calls. */
static void shed_descriptors(struct run_input *input, int *channel) {
    int *wanted[] = {channel, &input->stdio[0], &input->stdio[1], &input->stdio[2], &input->netns};
    int lowest = -1, highest = -1;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (*wanted[i] < 0) continue;
        highest = *wanted[i] = fcntl(*wanted[i], F_DUPFD_CLOEXEC, highest < 0 ? 4096 : highest + 1);
        if (highest < 0) _exit(1);
        if (lowest < 0) lowest = highest;
    }
    close_range(3, (unsigned)lowest - 1, 0);
    close_range((unsigned)highest + 1, ~0u, 0);
}

pid_t run_start(const struct run_input *given, int *channel) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return -1;
    pid_t pid = fork();
    if (pid == 0) {
        struct run_input input = *given;
        int end = pair[1];
        shed_descriptors(&input, &end);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        keep(&input, end);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return -1;
    }
    *channel = pair[0];
    return pid;
}
