/* The pipe to the agent. */
#ifndef CORDON_CHANNEL_WINDOWS_H
#define CORDON_CHANNEL_WINDOWS_H

#include <stdbool.h>
#include <windows.h>

#include "buf.h"

/* Opens the pipe and makes sure who holds it, before a byte is sent. 0, or the exit status after having said why not. */
int channel_open(bool quiet_when_absent, bool service_only);

/* Sends everything; gives up when `give_up` (or NULL) is signalled. */
bool channel_send(const struct buf *bytes, HANDLE give_up);

/* Begins to read. The event is set when channel_received() has something to say. */
HANDLE channel_receive(void);
/* Appends what came and begins to read again. False: the other side closed the pipe. */
bool channel_received(struct buf *in);

#endif
