/* cordon-spawner: the root-owned front of the endpoint agent. ATTACK-SURFACE.md, section "Spawner", says what it exposes. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cgroup.h"
#include "enter.h"
#include "front.h"
#include "placeholder_table.h"
#include "root_owner.h"

struct settings settings;

static _Noreturn void die(const char *what, const char *detail) {
    fprintf(stderr, "cordon-spawner: %s: %s\n", what, detail);
    exit(2);
}

static void parse(int argc, char **argv, const char **group) {
    settings.sandbox.bwrap = "/usr/bin/bwrap";
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--version") == 0) {
            puts("cordon-spawner " CORDON_VERSION);
            exit(0);
        }
        if (!value) die("missing value or unknown option", argv[i]);
        if (strcmp(argv[i], "--socket") == 0) {
            settings.socket = value;
        } else if (strcmp(argv[i], "--bwrap") == 0) {
            settings.sandbox.bwrap = value;
        } else if (strcmp(argv[i], "--socket-group") == 0) {
            *group = value;
        } else if (strcmp(argv[i], "--protect") == 0) {
            char *real = realpath(value, NULL);
            if (!real || settings.protect_count == PLAN_MAX_PROTECT) die("--protect", value);
            settings.protect[settings.protect_count++] = real;
        } else {
            die("unknown option", argv[i]);
        }
        i++;
    }
    if (!settings.socket || settings.socket[0] != '/') die("--socket", "expected an absolute path");
}

/* Which options this bubblewrap has, from its own help. Returns whether it takes a user namespace that was made for it. */
static bool probe_bubblewrap(void) {
    bool userns = false;
    char command[PATH_MAX + 32], line[512];
    if (access(settings.sandbox.bwrap, X_OK) != 0) die(settings.sandbox.bwrap, "not there (install the package bubblewrap)");
    if (strchr(settings.sandbox.bwrap, '\'')) die("--bwrap", "a quote in the path");
    snprintf(command, sizeof command, "'%s' --help 2>&1", settings.sandbox.bwrap);
    FILE *help = popen(command, "re");
    while (help && fgets(line, sizeof line, help)) {
        if (strstr(line, "--ro-bind-fd")) settings.sandbox.bind_fd = true;
        if (strstr(line, "--disable-userns")) settings.sandbox.disable_userns = true;
        if (strstr(line, "--userns FD")) userns = true;
    }
    if (help) pclose(help);
    return userns;
}

/* What is mounted over a hidden path: of root, without any permission. Beside it a folder to build a / in. */
static void make_masks(bool own_root) {
    static char folder[PATH_MAX], dir[PATH_MAX], file[PATH_MAX], root[PATH_MAX];
    int n = (int)(strrchr(settings.socket, '/') - settings.socket);
    if (snprintf(folder, sizeof folder, "%.*s/mask", n, settings.socket) >= (int)sizeof folder - 8) die("--socket", "too long");
    snprintf(dir, sizeof dir, "%.*s/mask/dir", n, settings.socket);
    snprintf(file, sizeof file, "%.*s/mask/file", n, settings.socket);
    if ((mkdir(folder, 0755) != 0 && errno != EEXIST) || (mkdir(dir, 0) != 0 && errno != EEXIST)) die(folder, strerror(errno));
    int fd = open(file, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0);
    if (fd < 0 || fchmod(fd, 0) != 0 || chmod(dir, 0) != 0 || chmod(folder, 0755) != 0) die(file, strerror(errno));
    close(fd);
    snprintf(root, sizeof root, "%.*s/mask/root", n, settings.socket);
    if (mkdir(root, 0755) != 0 && errno != EEXIST) die(root, strerror(errno));
    settings.sandbox.root = own_root ? root : NULL;
    if (!own_root) fprintf(stderr, "cordon-spawner: this system cannot show settings as root's inside; coding agents that take them from root alone have none there\n");
    settings.sandbox.mask_dir = dir;
    settings.sandbox.mask_file = file;
}

/* From /etc/group itself: the name service's plug-ins are no part of a static program. */
static gid_t group_id(const char *name) {
    FILE *file = fopen("/etc/group", "re");
    struct group *g;
    while (file && (g = fgetgrent(file)))
        if (strcmp(g->gr_name, name) == 0) break;
    if (!file || !g) die("--socket-group: not in /etc/group", name);
    gid_t id = g->gr_gid;
    fclose(file);
    return id;
}

static int listen_socket(const char *group_name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(settings.socket) >= sizeof address.sun_path) die("--socket", "too long for a socket (at most 107 bytes)");
    strcpy(address.sun_path, settings.socket);
    gid_t group = group_name ? group_id(group_name) : 0;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) die("socket", strerror(errno));
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) die(settings.socket, "another agent is running here");
    if (errno == ECONNREFUSED) unlink(settings.socket);
    umask(0177);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) die(settings.socket, strerror(errno));
    umask(022);
    if (group && chown(settings.socket, 0, group) != 0) die(settings.socket, strerror(errno));
    if (listen(fd, 128) != 0 || chmod(settings.socket, group ? 0660 : 0666) != 0) die(settings.socket, strerror(errno));
    return fd;
}

static void on_signal(void *context, uint32_t events) {
    (void)events;
    struct signalfd_siginfo info;
    if (read((int)(intptr_t)context, &info, sizeof info) != sizeof info) return;
    if (info.ssi_signo != SIGCHLD) {
        unlink(settings.socket);
        exit(0); /* the keepers see their channels close and end their runs */
    }
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) placeholders_reaped(pid);
}

static void watch_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) die("signalfd", strerror(errno));
    watch_add(fd, EPOLLIN, on_signal, (void *)(intptr_t)fd);
}

static void say_ready(bool process_events) {
    struct buf *b = service_frame();
    buf_text(b, "{");
    json_member_string(b, "t", "ready");
    json_member_string(b, "version", CORDON_VERSION);
    json_key(b, "features");
    buf_text(b, "{");
    json_member_bool(b, "procEvents", process_events);
    json_member_string(b, "cgroup", cgroup_kind());
    long landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* ask for the version */);
    json_member_integer(b, "landlock", landlock > 0 ? landlock : 0);
    json_member_bool(b, "bindFd", settings.sandbox.bind_fd);
    json_member_bool(b, "disableUserns", settings.sandbox.disable_userns);
    json_member_bool(b, "rootSettings", settings.sandbox.root != NULL);
    buf_text(b, "}}");
    service_send();
}

static void each_turn(void) {
    placeholders_reaped(0);
    runs_turn();
    clients_sweep();
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--enter") == 0) return enter_main(argc, argv);
    const char *group = NULL;
    parse(argc, argv, &group);
    if (geteuid() != 0) die("not root", "the spawner changes identities and must be started by the agent's service");
    if (getrlimit(RLIMIT_NOFILE, &settings.open_files) != 0) die("open files", strerror(errno));
    struct rlimit files = settings.open_files;
    if (files.rlim_max < 8192) die("open files", "the hard limit must be at least 8192 (LimitNOFILE= of the service)");
    files.rlim_cur = 8192;
    setrlimit(RLIMIT_NOFILE, &files);
    umask(022);
    /* Everybody's commands pass here; on a busy machine each hand-over between processes would wait its turn. A run gets its
     * caller's priority back before the command starts. */
    setpriority(PRIO_PROCESS, 0, -5);
    bool takes_userns = probe_bubblewrap();
    make_masks(takes_userns && root_owner_available());
    bool process_events = runs_start();
    watch_signals();
    clients_listen(listen_socket(group));
    service_start();
    runs_turn();
    runs_turn();
    say_ready(process_events);
    watch_loop(1000, each_turn);
}
