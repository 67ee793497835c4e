/* Being inside a boundary of Cordon's, on Linux. */
#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os.h"
#include "start_linux.h"

/* Covered in every boundary, whichever folder the agent's socket is in (LinuxFileAccess). */
#define MARK "/run/cordon"
#define COVER "/mask/dir" /* what the spawner covers it with (spawner/main.c) */

/* Whether the last mount at the mark, the one that shows, is a bind of the cover that cannot be written. A vendor's own sandbox
 * hides folders too, at a repository's request, but by an empty file system. */
static bool covered(void) {
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    char *line = NULL, root[PATH_MAX], point[PATH_MAX], options[4];
    size_t size = 0;
    bool is = false;
    while (mounts && getline(&line, &size, mounts) > 0) {
        if (sscanf(line, "%*d %*d %*s %4095s %4095s %3[^, ]", root, point, options) != 3 || strcmp(point, MARK) != 0) continue;
        size_t n = strlen(root);
        is = n >= strlen(COVER) && strcmp(root + n - strlen(COVER), COVER) == 0 && strcmp(options, "ro") == 0;
    }
    free(line);
    if (mounts) fclose(mounts);
    return is;
}

/* The folder above belongs to root, so outside only root could make this so. Whoever has a mount namespace of their own could as
 * well replace this program in it; all that comes of it is that a command starts there with the rights it has there anyway. */
bool os_confined(void) {
    struct stat st;
    return lstat(MARK, &st) == 0 && S_ISDIR(st.st_mode) && (st.st_mode & 07777) == 0 && (st.st_uid != geteuid() || geteuid() == 0) && covered();
}

int os_become(char **argv) {
    return become(argv);
}
