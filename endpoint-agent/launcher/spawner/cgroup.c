#define _GNU_SOURCE
#include "cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PARENT "cordon"

/* Where each controller's groups are; empty: not there. In pure v2 all three are the same folder. */
static char pids_root[64], memory_root[64], unified_root[64];
static bool pure_v2;

static bool exists(const char *format, const char *root) {
    char path[256];
    snprintf(path, sizeof path, format, root);
    return access(path, F_OK) == 0;
}

static bool write_file(const char *root, const char *group, const char *file, const char *text) {
    char path[320];
    snprintf(path, sizeof path, "%s/%s/%s", root, group, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = write(fd, text, strlen(text));
    close(fd);
    return n == (ssize_t)strlen(text);
}

static bool read_file(const char *root, const char *group, const char *file, char *out, size_t size) {
    char path[320];
    snprintf(path, sizeof path, "%s/%s/%s", root, group, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = read(fd, out, size - 1);
    close(fd);
    out[n > 0 ? n : 0] = 0;
    return n > 0;
}

/* The value after "name " in a file of such lines, or of a file that is one number when name is NULL; -1: not there. */
static int64_t read_value(const char *root, const char *group, const char *file, const char *name) {
    char text[1024];
    if (!root[0] || !read_file(root, group, file, text, sizeof text)) return -1;
    if (!name) return text[0] >= '0' && text[0] <= '9' ? strtoll(text, NULL, 10) : -1;
    size_t n = strlen(name);
    for (char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strncmp(line, name, n) == 0 && line[n] == ' ') return strtoll(line + n + 1, NULL, 10);
    return -1;
}

static void use(char *root, const char *folder) {
    snprintf(root, sizeof pids_root, "%s/" PARENT, folder);
    if (mkdir(root, 0755) != 0 && errno != EEXIST) root[0] = 0;
}

static void each_root(void (*act)(const char *root, const char *group), const char *group) {
    if (unified_root[0]) act(unified_root, group);
    if (!pure_v2 && pids_root[0]) act(pids_root, group);
    if (!pure_v2 && memory_root[0]) act(memory_root, group);
}

static void kill_members(const char *root, const char *group) {
    char path[320];
    if (write_file(root, group, "cgroup.kill", "1")) return;
    snprintf(path, sizeof path, "%s/%s/cgroup.procs", root, group);
    FILE *members = fopen(path, "re");
    int pid;
    while (members && fscanf(members, "%d", &pid) == 1)
        if (pid > 1) kill(pid, SIGKILL);
    if (members) fclose(members);
}

static void remove_group(const char *root, const char *group) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", root, group);
    for (int i = 0; i < 100 && rmdir(path) != 0 && errno == EBUSY; i++) nanosleep(&(struct timespec){0, 2000000}, NULL);
}

static void remove_leftovers(const char *root) {
    DIR *dir = root[0] ? opendir(root) : NULL;
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        int owner;
        if (sscanf(entry->d_name, "run-%d-", &owner) != 1) continue;
        if (owner != getpid() && kill(owner, 0) == 0) continue; /* another spawner's, which lives */
        kill_members(root, entry->d_name);
        remove_group(root, entry->d_name);
    }
    if (dir) closedir(dir);
}

void cgroup_start(void) {
    pure_v2 = exists("%s/cgroup.controllers", "/sys/fs/cgroup");
    if (pure_v2) {
        /* Enabling fails when the group has processes and is not the root; then the limits fall back to rlimits. */
        write_file("/sys/fs/cgroup", ".", "cgroup.subtree_control", "+pids +memory");
        use(unified_root, "/sys/fs/cgroup");
        if (unified_root[0]) write_file(unified_root, ".", "cgroup.subtree_control", "+pids +memory");
        char on[256] = "";
        if (unified_root[0]) read_file(unified_root, ".", "cgroup.subtree_control", on, sizeof on);
        if (strstr(on, "pids")) snprintf(pids_root, sizeof pids_root, "%s", unified_root);
        if (strstr(on, "memory")) snprintf(memory_root, sizeof memory_root, "%s", unified_root);
    } else {
        if (exists("%s/cgroup.controllers", "/sys/fs/cgroup/unified")) use(unified_root, "/sys/fs/cgroup/unified");
        if (exists("%s/cgroup.procs", "/sys/fs/cgroup/pids")) use(pids_root, "/sys/fs/cgroup/pids");
        if (exists("%s/cgroup.procs", "/sys/fs/cgroup/memory")) use(memory_root, "/sys/fs/cgroup/memory");
    }
    remove_leftovers(unified_root);
    if (!pure_v2) {
        remove_leftovers(pids_root);
        remove_leftovers(memory_root);
    }
}

const char *cgroup_kind(void) {
    if (!pids_root[0] && !memory_root[0]) return "none";
    return pure_v2 ? "v2" : "v1";
}

bool cgroup_limits_processes(void) {
    return pids_root[0] != 0;
}

bool cgroup_limits_memory(void) {
    return memory_root[0] != 0;
}

static void make_group(const char *root, const char *group) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", root, group);
    mkdir(path, 0755); /* a failure shows when the limit is written or the group is joined */
}

bool cgroup_create(struct cgroup *g, uint64_t id, int64_t processes, int64_t memory_mib) {
    char text[32];
    bool ok = true;
    snprintf(g->name, sizeof g->name, "run-%d-%llu", getppid(), (unsigned long long)id);
    each_root(make_group, g->name);
    g->made = true;
    g->unified = -1;
    if (unified_root[0]) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", unified_root, g->name);
        g->unified = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (processes && pids_root[0]) {
        snprintf(text, sizeof text, "%lld", (long long)processes);
        ok &= write_file(pids_root, g->name, "pids.max", text);
    }
    if (memory_mib && memory_root[0]) {
        snprintf(text, sizeof text, "%lld", (long long)memory_mib << 20);
        ok &= write_file(memory_root, g->name, pure_v2 ? "memory.max" : "memory.limit_in_bytes", text);
        /* Swap accounting may be off; without it only memory proper is limited. */
        if (pure_v2) {
            write_file(memory_root, g->name, "memory.swap.max", "0");
        } else {
            write_file(memory_root, g->name, "memory.memsw.limit_in_bytes", text);
        }
    }
    return ok;
}

bool cgroup_join(const struct cgroup *g) {
    /* "0" is the caller; a single thread that moves itself spares the kernel its global lock (several ms). */
    if (pure_v2) return g->unified >= 0;
    bool ok = true;
    if (pids_root[0]) ok &= write_file(pids_root, g->name, "tasks", "0");
    if (memory_root[0]) ok &= write_file(memory_root, g->name, "tasks", "0");
    return ok;
}

bool cgroup_kill(const struct cgroup *g) {
    if (!g->made || (!unified_root[0] && !pids_root[0])) return false;
    kill_members(unified_root[0] ? unified_root : pids_root, g->name);
    return true;
}

unsigned cgroup_account(const struct cgroup *g, int64_t *max_memory_kib, int64_t *cpu_micros) {
    unsigned hit = 0;
    int64_t bytes = read_value(memory_root, g->name, pure_v2 ? "memory.peak" : "memory.max_usage_in_bytes", NULL);
    *max_memory_kib = bytes < 0 ? -1 : bytes / 1024;
    *cpu_micros = read_value(unified_root, g->name, "cpu.stat", "usage_usec");
    if (read_value(pids_root, g->name, "pids.events", "max") > 0) hit |= LIMIT_PROCESSES;
    if (read_value(memory_root, g->name, pure_v2 ? "memory.events" : "memory.oom_control", "oom_kill") > 0) hit |= LIMIT_MEMORY;
    return hit;
}

void cgroup_remove(struct cgroup *g) {
    if (!g->made) return;
    if (g->unified >= 0) close(g->unified);
    g->unified = -1;
    each_root(remove_group, g->name);
    g->made = false;
}

void cgroup_discard(uint64_t id) {
    char name[48];
    snprintf(name, sizeof name, "run-%d-%llu", getpid(), (unsigned long long)id);
    if (unified_root[0]) kill_members(unified_root, name);
    else if (pids_root[0]) kill_members(pids_root, name);
    each_root(remove_group, name);
}
