#include <inttypes.h>
#include <string.h>

#include "json.h"

/* Length of the valid UTF-8 sequence at s (2 to 4), or 0: overlong forms, surrogates and values above U+10FFFF are no text. */
static int sequence(const unsigned char *s) {
    int n = s[0] >= 0xC2 && s[0] <= 0xDF ? 2 : (s[0] & 0xF0) == 0xE0 ? 3 : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4 : 0;
    for (int i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80) return 0; /* also stops at the terminating NUL */
    if (n == 3 && ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F))) return 0;
    if (n == 4 && ((s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))) return 0;
    return n;
}

/* Writes a byte that needs an escape, or a surrogate that has no partner; returns how many bytes that were. */
static int escape(struct buf *b, const unsigned char *s) {
    bool surrogate = JSON_UTF16 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && (s[2] & 0xC0) == 0x80;
    if (surrogate) {
        buf_printf(b, "\\u%04x", 0xD000 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F));
        return 3;
    }
    buf_printf(b, "\\u%04x", *s < 0x20 ? *s : JSON_UTF16 ? 0xFFFD : 0xDC00 + *s);
    return 1;
}

void json_string(struct buf *b, const char *text) {
    const unsigned char *s = (const unsigned char *)text;
    buf_put(b, "\"", 1);
    while (*s) {
        const unsigned char *plain = s;
        while (*s >= 0x20 && *s < 0x80 && *s != '"' && *s != '\\') s++;
        buf_put(b, plain, (size_t)(s - plain));
        if (!*s) break;
        int n = *s >= 0x80 ? sequence(s) : 0;
        if (n) {
            buf_put(b, s, (size_t)n);
            s += n;
        } else if (*s == '"' || *s == '\\') {
            buf_put(b, "\\", 1);
            buf_put(b, s++, 1);
        } else {
            s += escape(b, s);
        }
    }
    buf_put(b, "\"", 1);
}

void json_value(struct buf *b, const struct json *v) {
    switch (v->type) {
        case JSON_NULL: buf_text(b, "null"); break;
        case JSON_BOOL: buf_text(b, v->integer ? "true" : "false"); break;
        case JSON_INTEGER: buf_printf(b, "%" PRId64, v->integer); break;
        case JSON_NUMBER: buf_text(b, v->text); break;
        case JSON_STRING: json_string(b, v->text); break;
        case JSON_ARRAY:
        case JSON_OBJECT:
            buf_text(b, v->type == JSON_ARRAY ? "[" : "{");
            for (const struct json *c = v->first; c; c = c->next) {
                if (c->key) {
                    json_key(b, c->key);
                } else if (c != v->first) {
                    buf_text(b, ",");
                }
                json_value(b, c);
            }
            buf_text(b, v->type == JSON_ARRAY ? "]" : "}");
            break;
    }
}

void json_key(struct buf *b, const char *key) {
    if (b->len && b->data[b->len - 1] != '{') buf_put(b, ",", 1);
    json_string(b, key);
    buf_put(b, ":", 1);
}

void json_member_string(struct buf *b, const char *key, const char *text) {
    json_key(b, key);
    if (text) {
        json_string(b, text);
    } else {
        buf_text(b, "null");
    }
}

void json_member_integer(struct buf *b, const char *key, int64_t value) {
    json_key(b, key);
    buf_printf(b, "%" PRId64, value);
}

void json_member_bool(struct buf *b, const char *key, bool value) {
    json_key(b, key);
    buf_text(b, value ? "true" : "false");
}
