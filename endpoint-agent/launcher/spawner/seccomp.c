/* The system call filter: allow by default, refuse what a confined tool has no use for and an attacker does: new
 * namespaces, mounting, kernel interfaces with a history of holes, the keyring, other processes' memory, and typing into
 * a terminal. Capabilities and namespaces refuse most of it already; the filter keeps the kernel's code from running at all. */
#define _GNU_SOURCE
#include "seccomp.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000u
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "no system call filter for this architecture"
#endif

/* Newer than the headers of the oldest system that Cordon is built on; numbers above 423 are the same everywhere. */
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#ifndef SYS_quotactl_fd
#define SYS_quotactl_fd 443
#endif
#define SYS_OPEN_TREE_ATTR 467

#define NEW_NAMESPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#define CLONE_NEW_TIME 0x80u /* unshare only: in clone it would be part of the exit signal */

static const int refused[] = {
    /* mounts and roots */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_move_mount,
    SYS_open_tree, SYS_OPEN_TREE_ATTR, SYS_mount_setattr, SYS_swapon, SYS_swapoff, SYS_quotactl, SYS_quotactl_fd,
    /* namespaces */
    SYS_setns,
    /* keyrings: not namespaced well, shared with everything of the user */
    SYS_keyctl, SYS_add_key, SYS_request_key,
    /* kernel interfaces */
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_reboot, SYS_syslog, SYS_acct, SYS_settimeofday, SYS_clock_settime, SYS_fanotify_init, SYS_vhangup,
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_open_by_handle_at, SYS_lookup_dcookie, SYS_nfsservctl,
#if defined(__x86_64__)
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl,
#endif
};

static const int debugging_only[] = {SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd};

#define MAX_PROGRAM 512

struct program {
    struct sock_filter code[MAX_PROGRAM];
    unsigned short length;
};

static void emit(struct program *p, unsigned short code, unsigned k, unsigned char yes, unsigned char no) {
    if (p->length < MAX_PROGRAM) p->code[p->length++] = (struct sock_filter){code, yes, no, k};
}

static void load(struct program *p, size_t offset) {
    emit(p, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

static void answer(struct program *p, unsigned action) {
    emit(p, BPF_RET | BPF_K, action, 0, 0);
}

static void refuse_with(struct program *p, int error) {
    answer(p, SECCOMP_RET_ERRNO | ((unsigned)error & SECCOMP_RET_DATA));
}

static void refuse_call(struct program *p, int number, int error) {
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 1);
    refuse_with(p, error);
}

/* The low half of an argument: where the arguments below are compared, the kernel itself looks at 32 bits. */
static size_t low_half(int argument) {
    return offsetof(struct seccomp_data, args) + (size_t)argument * sizeof(__u64);
}

/* Refuses `number` when any of `bits` is set in the argument. */
static void refuse_bits(struct program *p, int number, int argument, unsigned bits) {
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 4);
    load(p, low_half(argument));
    emit(p, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    refuse_with(p, EPERM);
    answer(p, SECCOMP_RET_ALLOW);
}

/* Refuses `number` when the argument is one of the values (listed), or when it is none of them (not listed). */
static void refuse_values(struct program *p, int number, int argument, const unsigned *values, unsigned char count, bool listed, int error) {
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, (unsigned char)(count + 3));
    load(p, low_half(argument));
    for (unsigned char i = 0; i < count; i++) emit(p, BPF_JMP | BPF_JEQ | BPF_K, values[i], (unsigned char)(count - i), 0);
    if (listed) {
        answer(p, SECCOMP_RET_ALLOW);
        refuse_with(p, error);
    } else {
        refuse_with(p, error);
        answer(p, SECCOMP_RET_ALLOW);
    }
}

static void build(struct program *p, bool debugging) {
    static const unsigned typing[] = {TIOCSTI, TIOCLINUX, TIOCSETD};
    static const unsigned families[] = {AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    static const unsigned personalities[] = {0, 0x8, 0x20000, 0x20008, 0xffffffff}; /* Linux, 32 bit, uname 2.6, ask */

    load(p, offsetof(struct seccomp_data, arch));
    emit(p, BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0);
    answer(p, SECCOMP_RET_KILL_PROCESS);
    load(p, offsetof(struct seccomp_data, nr));
#ifdef X32_BIT
    emit(p, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    answer(p, SECCOMP_RET_KILL_PROCESS);
#endif
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) refuse_call(p, refused[i], EPERM);
    for (size_t i = 0; !debugging && i < sizeof debugging_only / sizeof *debugging_only; i++) refuse_call(p, debugging_only[i], EPERM);
    /* clone3 hides its flags behind a pointer; with ENOSYS the C libraries fall back to clone. */
    refuse_call(p, SYS_clone3, ENOSYS);
    refuse_bits(p, SYS_clone, 0, NEW_NAMESPACES);
    refuse_bits(p, SYS_unshare, 0, NEW_NAMESPACES | CLONE_NEW_TIME);
    refuse_values(p, SYS_ioctl, 1, typing, 3, true, EPERM);
    refuse_values(p, SYS_socket, 0, families, 5, false, EAFNOSUPPORT);
    refuse_values(p, SYS_personality, 0, personalities, 5, false, EPERM);
    answer(p, SECCOMP_RET_ALLOW);
}

int seccomp_program_fd(bool debugging) {
    static struct program p;
    p.length = 0;
    build(&p, debugging);
    int fd = memfd_create("filter", 0);
    ssize_t size = (ssize_t)(p.length * sizeof *p.code);
    if (fd >= 0 && (write(fd, p.code, (size_t)size) != size || lseek(fd, 0, SEEK_SET) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}
