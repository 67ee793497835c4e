/* Escape attempts that a shell cannot make: `attempts NAME [ARGUMENT...]`. Exit status 0 means that the kernel allowed the
 * attempt, 1 that it refused (errno on stderr). The driver trusts neither and looks at the effect from outside where there is one. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <net/ethernet.h>
#include <netinet/ip_icmp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char **arg;

static long number(int i) {
    return strtol(arg[i], NULL, 0);
}

static int tried(long result, const char *what) {
    if (result >= 0) return 0;
    perror(what);
    return 1;
}

/* A process whose one word the others try to change: prints its address, then sleeps. */
static int victim(void) {
    static volatile long word = 0x5afe;
    printf("%p\n", (void *)&word);
    fflush(stdout);
    while (pause() < 0) continue;
    return 0;
}

static int poke(void) {
    if (ptrace(PTRACE_ATTACH, number(0), 0, 0) != 0) return tried(-1, "ptrace");
    waitpid((pid_t)number(0), NULL, __WALL);
    int result = tried(ptrace(PTRACE_POKEDATA, number(0), (void *)number(1), (void *)0xbad), "poke");
    ptrace(PTRACE_DETACH, number(0), 0, 0);
    return result;
}

static int write_memory(void) {
    long bad = 0xbad;
    struct iovec local = {&bad, sizeof bad}, remote = {(void *)number(1), sizeof bad};
    return tried(process_vm_writev((pid_t)number(0), &local, 1, &remote, 1, 0), "process_vm_writev");
}

static int write_proc_mem(void) {
    char path[64];
    long bad = 0xbad;
    snprintf(path, sizeof path, "/proc/%ld/mem", number(0));
    int fd = open(path, O_WRONLY);
    return tried(fd < 0 ? -1 : pwrite(fd, &bad, sizeof bad, number(1)), path);
}

static int open_for_writing(void) {
    return tried(open(arg[0], O_WRONLY | O_CLOEXEC), arg[0]);
}

static int open_for_reading(void) {
    return tried(open(arg[0], O_RDONLY | O_CLOEXEC), arg[0]);
}

static int write_descriptor(void) {
    return tried(write((int)number(0), "escaped\n", 8), "write");
}

static int reopen_stdin(void) {
    int fd = open("/proc/self/fd/0", O_WRONLY | O_APPEND);
    return tried(fd < 0 ? -1 : write(fd, "escaped\n", 8), "reopen");
}

static int new_user_namespace(void) {
    return tried(unshare(CLONE_NEWUSER), "unshare");
}

static int child_in_user_namespace(void) {
    long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    return tried(pid, "clone");
}

static int mount_tmpfs(void) {
    return tried(mount("escape", arg[0], "tmpfs", 0, NULL), "mount");
}

static int remount_writable(void) {
    return tried(mount(NULL, arg[0], NULL, MS_REMOUNT | MS_BIND, NULL), "remount");
}

static int unmount(void) {
    return tried(umount2(arg[0], MNT_DETACH), "umount");
}

static int change_root(void) {
    return tried(chroot(arg[0]), "chroot");
}

static int make_device(void) {
    return tried(mknod(arg[0], S_IFBLK | 0600, makedev(8, 0)), "mknod");
}

static int enter_namespace(void) {
    int fd = open(arg[0], O_RDONLY);
    return tried(fd < 0 ? -1 : setns(fd, 0), "setns");
}

static int become_root(void) {
    if (geteuid() == 0) return 0; /* started with the set-user-id bit */
    fprintf(stderr, "euid %d\n", geteuid());
    return 1;
}

static int type_into_terminal(void) {
    return tried(ioctl(0, TIOCSTI, "#"), "TIOCSTI");
}

static int connect_unix(void) {
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    size_t n = strlen(arg[0]);
    memcpy(a.sun_path, arg[0], n);
    if (a.sun_path[0] == '@') a.sun_path[0] = 0;
    return tried(connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&a, (socklen_t)(sizeof(sa_family_t) + n)), "connect");
}

static int connect_tcp(void) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number(1))};
    inet_pton(AF_INET, arg[0], &a.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval limit = {3, 0};
    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    return tried(connect(s, (struct sockaddr *)&a, sizeof a), "connect");
}

/* A query for the name "escape", good enough as a DNS packet and as any datagram. */
static int send_udp(void) {
    static const char query[] = "\0\1\1\0\0\1\0\0\0\0\0\0\6escape\0\0\1\0\1";
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number(1))};
    inet_pton(AF_INET, arg[0], &a.sin_addr);
    return tried(sendto(socket(AF_INET, SOCK_DGRAM, 0), query, sizeof query - 1, 0, (struct sockaddr *)&a, sizeof a), "sendto");
}

static int send_icmp(void) {
    struct icmphdr echo = {.type = ICMP_ECHO, .checksum = 0xfff7};
    struct sockaddr_in a = {.sin_family = AF_INET};
    inet_pton(AF_INET, arg[0], &a.sin_addr);
    int s = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    if (s < 0) s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    return tried(s < 0 ? -1 : sendto(s, &echo, sizeof echo, 0, (struct sockaddr *)&a, sizeof a), "icmp");
}

static int packet_socket(void) {
    return tried(socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), "AF_PACKET");
}

static int add_key(void) {
    return tried(syscall(SYS_add_key, "user", arg[0], "escaped", 7, KEY_SPEC_USER_KEYRING), "add_key");
}

static int find_key(void) {
    return tried(syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", arg[0], 0), "keyctl");
}

static int forget_key(void) {
    long id = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", arg[0], 0);
    return tried(id < 0 ? id : syscall(SYS_keyctl, KEYCTL_UNLINK, id, KEY_SPEC_USER_KEYRING), "keyctl");
}

static int attach_memory(void) {
    int id = shmget((key_t)number(0), 8, 0);
    char *at = id < 0 ? (char *)-1 : shmat(id, NULL, 0);
    if (at == (char *)-1) return tried(-1, "shm");
    strcpy(at, "escaped");
    return 0;
}

static int make_memory(void) {
    return tried(shmget((key_t)number(0), 8, IPC_CREAT | 0600), "shmget");
}

static int bpf_program(void) {
    char nothing[128] = {2, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0}; /* an array map */
    return tried(syscall(SYS_bpf, 0, nothing, sizeof nothing), "bpf");
}

static int perf_event(void) {
    char attributes[128] = {1, 0, 0, 0, 112};
    return tried(syscall(SYS_perf_event_open, attributes, -1, 0, -1, 0), "perf_event_open");
}

static int io_uring(void) {
    char parameters[128] = {0};
    return tried(syscall(SYS_io_uring_setup, 4, parameters), "io_uring_setup");
}

/* Forks the given number of sleepers, allowing two failures in a row; 0 when all are there at once. */
static int many_processes(void) {
    long wanted = number(0), made = 0;
    for (int failures = 0; made < wanted && failures < 2;) {
        pid_t pid = fork();
        if (pid == 0) {
            sleep(3);
            _exit(0);
        }
        if (pid > 0) made++;
        else failures++;
    }
    fprintf(stderr, "%ld of %ld\n", made, wanted);
    sleep(1);
    return made < wanted;
}

/* Leaves a process behind, in its own session, that acts after the parent is gone. */
static int outlive(void) {
    if (fork() != 0) return 0;
    setsid();
    if (fork() != 0) _exit(0);
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    usleep(700000);
    return tried(open(arg[0], O_CREAT | O_WRONLY, 0644), arg[0]);
}

static const struct {
    const char *name;
    int (*attempt)(void);
    int arguments;
} all[] = {
    {"victim", victim, 0}, {"poke", poke, 2}, {"write-memory", write_memory, 2}, {"write-proc-mem", write_proc_mem, 2},
    {"open-for-writing", open_for_writing, 1}, {"open-for-reading", open_for_reading, 1}, {"write-descriptor", write_descriptor, 1},
    {"reopen-stdin", reopen_stdin, 0}, {"new-user-namespace", new_user_namespace, 0}, {"child-in-user-namespace", child_in_user_namespace, 0},
    {"mount", mount_tmpfs, 1}, {"remount", remount_writable, 1}, {"unmount", unmount, 1}, {"chroot", change_root, 1}, {"mknod", make_device, 1},
    {"setns", enter_namespace, 1}, {"become-root", become_root, 0}, {"type", type_into_terminal, 0}, {"connect-unix", connect_unix, 1},
    {"connect-tcp", connect_tcp, 2}, {"send-udp", send_udp, 2}, {"send-icmp", send_icmp, 1}, {"packet-socket", packet_socket, 0},
    {"add-key", add_key, 1}, {"find-key", find_key, 1}, {"forget-key", forget_key, 1}, {"attach-memory", attach_memory, 1}, {"make-memory", make_memory, 1},
    {"bpf", bpf_program, 0}, {"perf-event", perf_event, 0}, {"io-uring", io_uring, 0}, {"many-processes", many_processes, 1},
    {"outlive", outlive, 1},
};

int main(int argc, char **argv) {
    if (argc < 2 && geteuid() != getuid()) return become_root();
    arg = argv + 2;
    for (size_t i = 0; argc >= 2 && i < sizeof all / sizeof *all; i++)
        if (strcmp(argv[1], all[i].name) == 0 && argc - 2 == all[i].arguments) return all[i].attempt();
    fprintf(stderr, "attempts: unknown attempt\n");
    return 2;
}
