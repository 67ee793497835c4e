#define _GNU_SOURCE
#include "start_linux.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* execvp answers EACCES when a folder of PATH cannot be searched, though the command is nowhere. */
static bool on_path(const char *name) {
    const char *path = getenv("PATH");
    char file[PATH_MAX];
    while (path && *path) {
        const char *end = strchrnul(path, ':');
        int n = snprintf(file, sizeof file, "%.*s/%s", (int)(end - path), path, name);
        if (n > 0 && (size_t)n < sizeof file && access(file, F_OK) == 0) return true;
        path = *end ? end + 1 : end;
    }
    return false;
}

int become(char **argv) {
    execvp(argv[0], argv);
    int error = errno;
    if (error == EACCES && !strchr(argv[0], '/') && !on_path(argv[0])) error = ENOENT;
    dprintf(2, "cordon: %s: %s\n", argv[0], error == ENOENT ? "command not found" : strerror(error));
    return error == ENOENT ? 127 : 126;
}
