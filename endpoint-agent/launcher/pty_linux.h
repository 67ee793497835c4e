/* The caller's side of a run's terminal: raw mode, copying both ways, size, suspend and resume. */
#ifndef CORDON_PTY_LINUX_H
#define CORDON_PTY_LINUX_H

#include <poll.h>
#include <stdbool.h>

void pty_start(int master);
/* Fills in two entries to poll; negative descriptors when there is nothing to wait for. */
void pty_interest(struct pollfd fds[2]);
void pty_serve(const struct pollfd fds[2]);
void pty_resize(void);
/* Gives the terminal back and takes it again. Both do nothing without a terminal. */
void pty_release(void);
void pty_take(void);
/* Copies what the command still wrote, then releases. */
void pty_finish(void);

#endif
