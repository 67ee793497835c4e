/* Texts as Windows has them, through both conversions and through JSON, and a mutation loop; built with sanitizers and JSON_UTF16.
 * Prints the number of checks; exits 1 at the first that fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../json.h"
#include "../utf16.h"

static int checks;

#define CHECK(condition)                                                  \
    do {                                                                  \
        checks++;                                                         \
        if (!(condition)) {                                               \
            printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                      \
        }                                                                 \
    } while (0)

static void round_trip(const uint16_t *text, size_t n, const char *expected_json) {
    char *bytes = utf8_from_utf16(text, n);
    CHECK(bytes != NULL);
    size_t back_length;
    uint16_t *back = utf16_from_utf8(bytes, &back_length);
    CHECK(back != NULL && back_length == n && memcmp(back, text, n * sizeof *text) == 0);
    struct buf b = {0};
    json_string(&b, bytes);
    if (expected_json) CHECK(b.len == strlen(expected_json) && memcmp(b.data, expected_json, b.len) == 0);
    struct json_doc doc;
    CHECK(json_read(&doc, b.data, b.len) == NULL);
    CHECK(strcmp(doc.root->text, bytes) == 0);
    json_free(&doc);
    buf_free(&b);
    free(back);
    free(bytes);
}

static void every_kind_of_text_survives(void) {
    round_trip((const uint16_t[]){'a', 0x20AC, 0xE9}, 3, "\"a\xe2\x82\xac\xc3\xa9\"");
    round_trip((const uint16_t[]){0xD83D, 0xDC27}, 2, "\"\xf0\x9f\x90\xa7\"");
    round_trip((const uint16_t[]){0xDBFF, 0xDFFF}, 2, "\"\xf4\x8f\xbf\xbf\"");
    round_trip((const uint16_t[]){0xD800}, 1, "\"\\ud800\"");
    round_trip((const uint16_t[]){0xDC80}, 1, "\"\\udc80\"");
    round_trip((const uint16_t[]){0xD83D, 'x', 0xDC27}, 3, "\"\\ud83dx\\udc27\"");
    round_trip((const uint16_t[]){0xDC27, 0xD83D}, 2, "\"\\udc27\\ud83d\"");
    round_trip((const uint16_t[]){0xD83D, 0xD83D, 0xDC27}, 3, "\"\\ud83d\xf0\x9f\x90\xa7\"");
    round_trip((const uint16_t[]){'"', '\\', 1, 0xFFFF}, 4, "\"\\\"\\\\\\u0001\xef\xbf\xbf\"");
    round_trip((const uint16_t[]){0}, 0, "\"\"");
}

static void any_units_survive(int rounds) {
    unsigned state = 20240607;
    for (int round = 0; round < rounds; round++) {
        uint16_t text[12];
        size_t n = (size_t)(round % 12);
        for (size_t i = 0; i < n; i++) {
            state = state * 1664525 + 1013904223;
            static const uint16_t base[] = {0x20, 0x7F, 0x7FF, 0xD7F0, 0xD800, 0xDBF8, 0xDC00, 0xDFF8, 0xE000, 0xFFF0};
            text[i] = (uint16_t)(base[(state >> 8) % 10] + (state >> 20) % 16);
        }
        round_trip(text, n, NULL);
    }
}

/* The escapes that pair up are one character, however they are written. */
static void reads_escapes(void) {
    static const char *const pairs[][2] = {
        {"\"\\ud83d\\udc27\"", "\xf0\x9f\x90\xa7"}, {"\"\\ud83d\"", "\xed\xa0\xbd"}, {"\"\\ud83d\\u0041\"", "\xed\xa0\xbd" "A"},
        {"\"\\ud83d\\n\"", "\xed\xa0\xbd\n"}, {"\"\\udcff\"", "\xed\xb3\xbf"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct json_doc doc;
        CHECK(json_read(&doc, pairs[i][0], strlen(pairs[i][0])) == NULL);
        CHECK(strcmp(doc.root->text, pairs[i][1]) == 0);
        json_free(&doc);
    }
}

/* What a console shows does not depend on where the pieces of output were cut. */
static void pieces_give_the_same_as_the_whole(void) {
    static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa7\xff\xe2\x82(\xf0\x9f\xc0\x80\xed\xa0\x80z\xf4\x90";
    static const uint16_t expected[] = {'a', 0xE9, 0x20AC, 0xD83D, 0xDC27, 0xFFFD, 0xFFFD, '(', 0xFFFD, 0xFFFD, 0xFFFD, 0xD800, 'z', 0xFFFD, 0xFFFD};
    size_t n = sizeof text - 1, count = sizeof expected / sizeof *expected;
    for (size_t step = 1; step <= n; step++) {
        uint16_t *all = malloc((n + 1) * 2), *at = all;
        struct utf8_decoder d = {0};
        for (size_t i = 0; i < n; i += step) {
            size_t piece = n - i < step ? n - i : step;
            uint16_t *room = malloc((piece + 1) * sizeof *room); /* exactly what is promised to suffice */
            size_t units = utf8_decode(&d, text + i, piece, room);
            memcpy(at, room, units * sizeof *at);
            at += units;
            free(room);
        }
        CHECK((size_t)(at - all) == count && memcmp(all, expected, sizeof expected) == 0);
        free(all);
    }
    size_t length;
    uint16_t *cut = utf16_from_utf8("a\xe2\x82", &length);
    CHECK(cut && length == 2 && cut[1] == 0xFFFD && cut[2] == 0);
    free(cut);
}

int main(int argc, char **argv) {
    every_kind_of_text_survives();
    any_units_survive(argc > 1 ? atoi(argv[1]) : 20000);
    reads_escapes();
    pieces_give_the_same_as_the_whole();
    printf("unit-utf16: %d checks passed\n", checks);
    return 0;
}
