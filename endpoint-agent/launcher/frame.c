#include "frame.h"

#include <stdint.h>

size_t frame_begin(struct buf *b) {
    size_t begin = b->len;
    buf_put(b, "\0\0\0\0", 4);
    return begin;
}

bool frame_end(struct buf *b, size_t begin) {
    if (b->failed) return false;
    size_t size = b->len - begin - 4;
    if (size > FRAME_MAX) return false;
    for (int i = 0; i < 4; i++) b->data[begin + (size_t)i] = (char)(size >> (8 * i) & 0xFF);
    return true;
}

enum frame_state frame_next(const struct buf *b, const char **payload, size_t *size) {
    if (b->len < 4) return FRAME_NONE;
    const unsigned char *h = (const unsigned char *)b->data;
    uint32_t length = (uint32_t)h[0] | (uint32_t)h[1] << 8 | (uint32_t)h[2] << 16 | (uint32_t)h[3] << 24;
    if (length > FRAME_MAX) return FRAME_TOO_LARGE;
    if (b->len - 4 < length) return FRAME_NONE;
    *payload = b->data + 4;
    *size = length;
    return FRAME_READY;
}
