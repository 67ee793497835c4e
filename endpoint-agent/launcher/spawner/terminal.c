#define _GNU_SOURCE
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

const char *terminal_open(const int given[3], uid_t owner, int stdio[3], int *master, int *slave) {
    bool tty[3];
    int first = -1;
    for (int i = 0; i < 3; i++) {
        stdio[i] = given[i];
        tty[i] = isatty(given[i]);
        if (tty[i] && first < 0) first = given[i];
    }
    if (first < 0) return NULL;

    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master < 0 || unlockpt(*master) != 0) return strerror(errno);
    *slave = ioctl(*master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*slave < 0 || fchown(*slave, owner, (gid_t)-1) != 0 || fchmod(*slave, 0600) != 0) return strerror(errno);

    struct termios settings;
    struct winsize size;
    if (tcgetattr(first, &settings) == 0) {
        /* Unless the launcher can put the caller's terminal into raw mode (it does when both stdin and stdout are the
         * terminal), that one still echoes and maps newlines itself: once is enough. Same rule in pty.c. */
        if (!(tty[0] && tty[1])) {
            settings.c_oflag &= ~(tcflag_t)OPOST;
            settings.c_lflag &= ~(tcflag_t)ECHO;
        }
        tcsetattr(*slave, TCSANOW, &settings);
    }
    if (ioctl(first, TIOCGWINSZ, &size) == 0) ioctl(*slave, TIOCSWINSZ, &size);
    for (int i = 0; i < 3; i++)
        if (tty[i]) stdio[i] = *slave;
    return NULL;
}
