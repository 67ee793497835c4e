#ifndef CORDON_FD_MESSAGE_H
#define CORDON_FD_MESSAGE_H

#include <stddef.h>
#include <sys/types.h>

/* One message on a Unix socket, with a descriptor (SCM_RIGHTS) unless fd is -1. Returns as sendmsg(2). */
ssize_t fd_message_send(int socket, const void *bytes, size_t size, int fd, int flags);

#endif
