#define _GNU_SOURCE
#include "plan.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const ops[] = {"ro-bind", "bind", "tmpfs", "mask-file", "mask-dir", "proc", "dev", "dir", "root-settings"};

static char problem[PATH_MAX + 128];

#define REFUSE(...) return snprintf(problem, sizeof problem, __VA_ARGS__), problem

/* Absolute, normal form: no empty, "." or ".." component, no trailing slash but for "/" itself. */
static bool normal_path(const char *path) {
    if (!path || path[0] != '/' || strlen(path) >= PATH_MAX) return false;
    if (path[1] == 0) return true;
    for (const char *at = path; *at;) {
        const char *end = strchrnul(at + 1, '/');
        size_t n = (size_t)(end - at - 1);
        if (n == 0 || (n == 1 && at[1] == '.') || (n == 2 && at[1] == '.' && at[2] == '.')) return false;
        at = end;
    }
    return true;
}

/* A folder in /etc itself: where root's settings lie, and nothing of anybody else. */
static const char *read_root_settings(struct plan *plan, const char *dst) {
    if (strncmp(dst, "/etc/", 5) != 0 || strchr(dst + 5, '/')) REFUSE("mounts: root-settings at %.80s (expected: a folder in /etc)", dst);
    if (plan->uid == 0) REFUSE("mounts: root-settings for root, whose they are");
    plan->root_settings = true;
    return NULL;
}

static const char *read_mounts(struct plan *plan, const struct json *list) {
    if (!list || list->type != JSON_ARRAY || list->count > PLAN_MAX_MOUNTS) REFUSE("mounts: expected a list of at most %d", PLAN_MAX_MOUNTS);
    for (const struct json *m = list->first; m; m = m->next) {
        struct plan_mount *mount = &plan->mounts[plan->mount_count++];
        const char *op = json_get_string(m, "op", "");
        unsigned i = 0;
        while (i < sizeof ops / sizeof *ops && strcmp(op, ops[i]) != 0) i++;
        if (i == sizeof ops / sizeof *ops) REFUSE("mounts: unknown op \"%.40s\"", op);
        mount->op = (enum mount_op)i;
        mount->dst = json_get_string(m, "dst", NULL);
        mount->src = json_get_string(m, "src", NULL);
        if (!normal_path(mount->dst)) REFUSE("mounts: dst is not a normal absolute path");
        if (mount->op <= MOUNT_BIND && !normal_path(mount->src)) REFUSE("mounts: src is not a normal absolute path");
        const char *wrong = mount->op == MOUNT_ROOT_SETTINGS ? read_root_settings(plan, mount->dst) : NULL;
        if (wrong) return wrong;
    }
    return NULL;
}

static const char *read_placeholders(struct plan *plan, const struct json *list) {
    if (!list) return NULL;
    if (list->type != JSON_ARRAY || list->count > PLAN_MAX_PLACEHOLDERS) REFUSE("placeholders: expected a list of at most %d", PLAN_MAX_PLACEHOLDERS);
    for (const struct json *p = list->first; p; p = p->next) {
        const char *path = json_get_string(p, "path", NULL);
        if (!normal_path(path) || path[1] == 0) REFUSE("placeholders: path is not a normal absolute path");
        plan->placeholders[plan->placeholder_count++] = (struct plan_placeholder){path, json_get_bool(p, "dir", false)};
    }
    return NULL;
}

static const char *read_network(struct plan *plan, const struct json *network) {
    const char *mode = json_get_string(network, "mode", "");
    plan->offline = strcmp(mode, "offline") == 0;
    if (!plan->offline && strcmp(mode, "online") != 0) REFUSE("network.mode: \"%.40s\" (expected: offline or online)", mode);
    const struct json *ports = json_get(network, "loopbackPorts");
    if (!ports) return NULL;
    if (ports->type != JSON_ARRAY || ports->count > PLAN_MAX_PORTS) REFUSE("network.loopbackPorts: expected a list of at most %d", PLAN_MAX_PORTS);
    for (const struct json *p = ports->first; p; p = p->next) {
        if (p->type != JSON_INTEGER || p->integer < 1 || p->integer > 65535) REFUSE("network.loopbackPorts: expected 1 to 65535");
        plan->ports[plan->port_count++] = (int)p->integer;
    }
    const struct json *hello = json_get(network, "hello");
    if (!hello) return NULL;
    int64_t port = json_get_integer(hello, "port", 0);
    plan->hello = json_get_string(hello, "text", NULL);
    if (port < 1 || port > 65535 || !plan->hello || strlen(plan->hello) > PLAN_MAX_HELLO) REFUSE("network.hello: expected a port and at most %d bytes", PLAN_MAX_HELLO);
    plan->hello_port = (int)port;
    return NULL;
}

static const char *read_identity(struct plan *plan, const struct json *object) {
    int64_t uid = json_get_integer(object, "uid", -1), gid = json_get_integer(object, "gid", -1);
    if (uid < 0 || uid > UINT32_MAX - 1 || gid < 0 || gid > UINT32_MAX - 1) REFUSE("uid and gid: expected numbers");
    plan->uid = (uid_t)uid;
    plan->gid = (gid_t)gid;
    const struct json *groups = json_get(object, "groups");
    if (!groups || groups->type != JSON_ARRAY || groups->count > IDENTITY_MAX_GROUPS) REFUSE("groups: expected a list");
    for (const struct json *g = groups->first; g; g = g->next) {
        if (g->type != JSON_INTEGER || g->integer < 0 || g->integer > UINT32_MAX - 1) REFUSE("groups: expected numbers");
        plan->groups[plan->group_count++] = (gid_t)g->integer;
    }
    return NULL;
}

static const char *read_command(struct plan *plan, const struct json *object) {
    plan->cwd = json_get_string(object, "cwd", NULL);
    if (!normal_path(plan->cwd)) REFUSE("cwd: expected a normal absolute path");
    const struct json *argv = json_get(object, "argv");
    if (!argv || argv->type != JSON_ARRAY || argv->count == 0) REFUSE("argv: expected at least one argument");
    plan->argv = calloc(argv->count + 1, sizeof *plan->argv);
    if (!plan->argv) REFUSE("out of memory");
    size_t n = 0;
    for (const struct json *a = argv->first; a; a = a->next) {
        if (a->type != JSON_STRING) REFUSE("argv: expected texts");
        plan->argv[n++] = (char *)a->text;
    }
    plan->env = json_get(object, "env");
    if (!plan->env || plan->env->type != JSON_OBJECT) REFUSE("env: expected an object");
    for (const struct json *e = plan->env->first; e; e = e->next)
        if (e->type != JSON_STRING || !e->key[0] || strchr(e->key, '=')) REFUSE("env: bad name or value");
    return NULL;
}

static const char *read_limits(struct plan *plan, const struct json *limits) {
    struct {
        const char *name;
        int64_t *value, max;
    } all[] = {
        {"processes", &plan->processes, 1 << 20},
        {"memoryMiB", &plan->memory_mib, 1 << 24},
        {"wallClockSeconds", &plan->wall_clock_seconds, 366 * 86400},
        {"openFiles", &plan->open_files, 1 << 20},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i].value = json_get_integer(limits, all[i].name, 0);
        if (*all[i].value < 0 || *all[i].value > all[i].max) REFUSE("limits.%s: out of range (expected: 0 to %lld)", all[i].name, (long long)all[i].max);
    }
    if (plan->processes && plan->processes < 4) REFUSE("limits.processes: at least 4, for the sandbox itself");
    if (plan->open_files && plan->open_files < 16) REFUSE("limits.openFiles: at least 16");
    return NULL;
}

const char *plan_read(struct plan *plan, const struct json *object) {
    if (!object || object->type != JSON_OBJECT) REFUSE("plan: expected an object");
    const char *wrong = read_identity(plan, object);
    if (!wrong) wrong = read_command(plan, object);
    if (!wrong) wrong = read_mounts(plan, json_get(object, "mounts"));
    if (!wrong) wrong = read_placeholders(plan, json_get(object, "placeholders"));
    if (!wrong) wrong = read_network(plan, json_get(object, "network"));
    if (!wrong) wrong = read_limits(plan, json_get(object, "limits"));
    plan->debugging = json_get_bool(json_get(object, "seccomp"), "debugging", false);
    plan->hostname = json_get_string(object, "hostname", "cordon");
    if (!wrong && (!plan->hostname[0] || strlen(plan->hostname) > 63)) REFUSE("hostname: expected 1 to 63 bytes");
    return wrong;
}

void plan_free(struct plan *plan) {
    for (int i = 0; i < PLAN_MAX_PLACEHOLDERS; i++) free(plan->revived[i]);
    free(plan->argv);
    json_free(&plan->doc);
    free(plan);
}
