#define _GNU_SOURCE
#include "os.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "frame.h"
#include "json.h"
#include "pty_linux.h"

#define DEFAULT_SOCKET "/run/cordon/agent.sock"

const char os_usage[] =
    "A command that signal n ended: 128+n.\n"
    "\n"
    "CORDON_SOCKET names another socket of the agent (default: " DEFAULT_SOCKET ").\n";

static int sock = -1;
static bool started; /* from here on a signal is the command's */
static int result = -1;

void os_print(int stream, const char *text) {
    size_t length = strlen(text);
    bool unfinished = length && text[length - 1] != '\n';
    for (size_t n = length; n;) {
        ssize_t written = write(stream, text, n);
        if (written < 0 && errno != EINTR) return;
        if (written > 0) text += written, n -= (size_t)written;
    }
    if (unfinished) os_print(stream, "\n");
}

const char *os_variable(const char *name) {
    return getenv(name);
}

void os_describe_process(struct buf *b, bool with_environment) {
    json_key(b, "env");
    buf_text(b, "{");
    for (char **e = environ; with_environment && *e; e++) {
        char name[1024];
        const char *equals = strchr(*e, '=');
        if (!equals || equals == *e || (size_t)(equals - *e) >= sizeof name) continue; /* no shell could name it either */
        snprintf(name, sizeof name, "%.*s", (int)(equals - *e), *e);
        json_member_string(b, name, equals + 1);
    }
    buf_text(b, "}");
    mode_t mask = umask(022);
    umask(mask);
    json_member_integer(b, "umask", mask);
}

bool os_change_directory(const char *path) {
    if (chdir(path) == 0) return true;
    fprintf(stderr, "cordon: --cwd: %s: %s\n", path, strerror(errno));
    return false;
}

static int failed(const char *message) {
    fprintf(stderr, "cordon: %s\n", message);
    return EXIT_CORDON;
}

/* 0, or the exit status after having said why not. */
static int connect_agent(unsigned how) {
    const char *path = getenv("CORDON_SOCKET");
    bool custom = path && *path;
    if (!custom) path = DEFAULT_SOCKET;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return failed("CORDON_SOCKET: too long for a socket (at most 107 bytes)");
    strcpy(address.sun_path, path);
    sock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (sock < 0 || connect(sock, (struct sockaddr *)&address, sizeof address) != 0) {
        if (!(how & CONVERSE_QUIET))
            fprintf(stderr, "cordon: the Cordon agent is not running (%s: %s); nothing was run. Start it with: systemctl start cordon-agent\n",
                    path, strerror(errno));
        return EXIT_CORDON;
    }
    struct ucred agent = {.uid = (uid_t)-1};
    socklen_t size = sizeof agent;
    getsockopt(sock, SOL_SOCKET, SO_PEERCRED, &agent, &size);
    bool own = custom && agent.uid == geteuid() && !(how & CONVERSE_HOOK);
    if (agent.uid != 0 && !own) {
        fprintf(stderr, "cordon: %s is not held by root but by user %u; nothing was run\n", path, agent.uid);
        return EXIT_CORDON;
    }
    return 0;
}

/* A caller may have closed any of these; the numbers must not be taken by something else. */
static void fill_standard_handles(void) {
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0) (void)!open("/dev/null", fd ? O_WRONLY : O_RDONLY);
}

static bool send_all(const char *bytes, size_t n, const int *fds, size_t fd_count) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * 4)];
    } control;
    while (n) {
        struct iovec part = {(void *)bytes, n};
        struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
        if (fd_count) {
            m.msg_control = &control;
            m.msg_controllen = sizeof control.bytes;
            struct cmsghdr *h = CMSG_FIRSTHDR(&m);
            h->cmsg_level = SOL_SOCKET;
            h->cmsg_type = SCM_RIGHTS;
            h->cmsg_len = CMSG_LEN(sizeof(int) * fd_count);
            memcpy(CMSG_DATA(h), fds, sizeof(int) * fd_count);
        }
        ssize_t sent = sendmsg(sock, &m, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        bytes += sent;
        n -= (size_t)sent;
        fd_count = 0;
    }
    return true;
}

static void send_signal(int signal, bool group) {
    struct buf b = {0};
    size_t begin = frame_begin(&b);
    buf_text(&b, "{");
    json_member_string(&b, "t", "signal");
    json_member_integer(&b, "signal", signal);
    json_member_bool(&b, "group", group);
    buf_text(&b, "}");
    if (frame_end(&b, begin)) send_all(b.data, b.len, NULL, 0);
    buf_free(&b);
}

/* The command is stopped already (or is told so here); now this job stops as its shell expects, and later goes on. */
static void suspend(void) {
    pty_release();
    kill(0, SIGTSTP); /* the rest of the caller's job; for us it is blocked and vanishes on resuming */
    raise(SIGSTOP);
    pty_take();
    send_signal(SIGCONT, true);
}

static void on_signal(int fd) {
    struct signalfd_siginfo info;
    if (read(fd, &info, sizeof info) != sizeof info) return;
    int signal = (int)info.ssi_signo;
    bool from_terminal = info.ssi_code == SI_KERNEL;
    if (signal == SIGWINCH) {
        pty_resize();
    } else if (signal == SIGCONT) {
        pty_take();
    } else if (signal == SIGTSTP) {
        send_signal(SIGSTOP, true);
        suspend();
    } else if (!started) {
        result = 128 + signal; /* closing the connection withdraws the request */
    } else {
        send_signal(signal, from_terminal);
    }
}

static int watch_signals(void) {
    static const int passed[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGTSTP, SIGCONT, SIGWINCH};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        struct sigaction action;
        /* What the caller ignores (nohup, background jobs) stays ignored; a blocked signal would arrive all the same. */
        if (sigaction(passed[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(&set, passed[i]);
    }
    signal(SIGTTOU, SIG_IGN); /* restoring the terminal must not stop us */
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static void handle(const char *payload, size_t size, int fd) {
    struct json_doc doc;
    const char *type = json_read(&doc, payload, size) ? "" : json_get_string(doc.root, "t", "");
    if (strcmp(type, "started") == 0) {
        started = true;
    } else if (strcmp(type, "pty") == 0 && fd >= 0) {
        pty_start(fd);
    } else if (strcmp(type, "stopped") == 0) {
        suspend();
    } else if (strcmp(type, "exited") == 0) {
        result = (int)json_get_integer(doc.root, "code", EXIT_CORDON);
    } else if (strcmp(type, "reply") == 0) {
        alarm(0);
        os_print(1, json_get_string(doc.root, "stdout", ""));
        os_print(2, json_get_string(doc.root, "stderr", ""));
        result = (int)json_get_integer(doc.root, "exit", EXIT_CORDON);
    } else if (strcmp(type, "failed") == 0) {
        pty_finish();
        result = failed(json_get_string(doc.root, "message", "failed"));
    } else {
        result = failed("the agent answered with something unknown");
    }
    json_free(&doc);
}

static void on_message(struct buf *in) {
    char bytes[65536];
    int fd = -1;
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
    ssize_t n = recvmsg(sock, &m, MSG_CMSG_CLOEXEC);
    if (n < 0 && errno == EINTR) return;
    if (n <= 0) {
        pty_finish();
        result = failed(started ? "the Cordon agent went away; what it ran was ended" : "the Cordon agent went away before it answered; nothing that it began still runs");
        return;
    }
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    if (h && h->cmsg_level == SOL_SOCKET && h->cmsg_type == SCM_RIGHTS) memcpy(&fd, CMSG_DATA(h), sizeof fd);
    buf_put(in, bytes, (size_t)n);
    const char *payload;
    size_t size;
    enum frame_state state;
    while (result < 0 && (state = frame_next(in, &payload, &size)) == FRAME_READY) {
        handle(payload, size, fd);
        buf_consume(in, size + 4);
    }
    if (result < 0 && state == FRAME_TOO_LARGE) result = failed("the agent answered with too much");
}

int os_converse(const struct buf *request, unsigned how) {
    fill_standard_handles();
    int cwd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (cwd < 0) return failed("the working directory does not exist any more; nothing was run");
    int status = connect_agent(how);
    if (status) return status;
    int signals = watch_signals();
    int nothing = how & CONVERSE_HOOK ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1;
    int fds[] = {0, 1, 2, cwd};
    for (int i = 0; i < 3 && how & CONVERSE_HOOK; i++) fds[i] = nothing;
    if (!send_all(request->data, request->len, fds, 4)) return failed("the Cordon agent closed the connection; nothing was run");
    close(cwd);
    struct buf in = {0};
    while (result < 0) {
        struct pollfd polled[4] = {{sock, POLLIN, 0}, {signals, POLLIN, 0}};
        pty_interest(polled + 2);
        if (poll(polled, 4, -1) < 0) continue;
        pty_serve(polled + 2);
        /* What the agent said before a signal came counts first: the start decides whose signal it is. */
        if (poll(polled, 1, 0) > 0) on_message(&in);
        else if (polled[1].revents) on_signal(signals);
    }
    pty_finish();
    buf_free(&in);
    return result;
}

int main(int argc, char **argv) {
    return cordon_main(argc, argv);
}
