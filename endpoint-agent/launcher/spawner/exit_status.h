#ifndef CORDON_EXIT_STATUS_H
#define CORDON_EXIT_STATUS_H

/* The signal that ended the process of this pidfd, 0 when it exited or the kernel (before 6.15) cannot say. bubblewrap
 * reports a killed command as exit status 128 + signal, which a command can also return by itself. */
int exit_signal(int pidfd);

#endif
