/* Pure tests of the readers and the plan check, and a mutation loop over them; built with address and undefined-behaviour
 * sanitizers. Prints the number of checks; exits 1 at the first that fails. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../frame.h"
#include "../hook_inside.h"
#include "../json.h"
#include "../os.h"
#include "../spawner/plan.h"

static int checks;

#define CHECK(condition)                                                  \
    do {                                                                  \
        checks++;                                                         \
        if (!(condition)) {                                               \
            printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                      \
        }                                                                 \
    } while (0)

static const char *reads(const char *text) {
    struct json_doc doc;
    const char *wrong = json_read(&doc, text, strlen(text));
    json_free(&doc);
    return wrong;
}

static void refuses_what_is_no_json(void) {
    static const char *const bad[] = {"", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "nul", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
                                      "\"\\u0000\"", "\"a", "1.5", "1e3", "9999999999999999999", "-", "[1] 2", "\"\n\"", "{1:2}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(reads(bad[i]) != NULL);
    char deep[64] = {0};
    memset(deep, '[', 40);
    CHECK(reads(deep) != NULL);
}

static void bytes_survive_the_round_trip(void) {
    static const char *const texts[] = {"plain", "", "q\"b\\s/", "\x01\x1f\n\t", "gr\xc3\xbc\xc3\x9f", "\xf0\x9f\x90\xa7", "latin\xe9", "\xff\xfe", "\xc0\x80",
                                        "\xed\xa0\x80", "\xf4\x90\x80\x80", "cut\xe2\x82"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf b = {0};
        json_string(&b, texts[i]);
        struct json_doc doc;
        CHECK(json_read(&doc, b.data, b.len) == NULL);
        CHECK(strcmp(doc.root->text, texts[i]) == 0);
        json_free(&doc);
        buf_free(&b);
    }
    struct buf b = {0};
    json_string(&b, "a\xe9z");
    CHECK(b.len == 10 && memcmp(b.data, "\"a\\udce9z\"", 10) == 0);
    buf_free(&b);
}

static void numbers_of_others_keep_their_text(void) {
    static const char *const good[] = {"0", "-0", "1.50", "-2.5e3", "1E+2", "123456789012345678901234567890", "[0,0,0,0]", "{\"a\":0.1,\"b\":[-1e-9]}"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct buf b = {0};
        struct json_doc doc;
        CHECK(json_read_foreign(&doc, good[i], strlen(good[i])) == NULL);
        json_value(&b, doc.root);
        CHECK(b.len == strlen(good[i]) && memcmp(b.data, good[i], b.len) == 0);
        json_free(&doc);
        buf_free(&b);
    }
    static const char *const bad[] = {"01", "-", "1.", ".5", "1e", "1e+", "+1", "1.e1", "0x1", "--1", "NaN", "1_0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct json_doc doc;
        CHECK(json_read_foreign(&doc, bad[i], strlen(bad[i])) != NULL);
        json_free(&doc);
    }
}

static void values_are_written_as_read(void) {
    const char *text = "{\"a\":[1,-2,true,false,null,\"x\",[],{}],\"b\":{\"c\":\"d\",\"e\":[[0]]}}";
    struct json_doc doc;
    CHECK(json_read(&doc, text, strlen(text)) == NULL);
    struct buf b = {0};
    json_value(&b, doc.root);
    CHECK(b.len == strlen(text) && memcmp(b.data, text, b.len) == 0);
    CHECK(json_get_integer(doc.root, "a", 5) == 5);
    CHECK(strcmp(json_get_string(json_get(doc.root, "b"), "c", ""), "d") == 0);
    buf_free(&b);
    json_free(&doc);
}

static void frames_are_bounded(void) {
    struct buf b = {0};
    const char *payload;
    size_t size;
    size_t begin = frame_begin(&b);
    buf_text(&b, "hello");
    CHECK(frame_end(&b, begin));
    CHECK(frame_next(&b, &payload, &size) == FRAME_READY && size == 5 && memcmp(payload, "hello", 5) == 0);
    b.len--;
    CHECK(frame_next(&b, &payload, &size) == FRAME_NONE);
    memcpy(b.data, "\xff\xff\xff\xff", 4);
    CHECK(frame_next(&b, &payload, &size) == FRAME_TOO_LARGE);
    buf_free(&b);
    begin = frame_begin(&b);
    for (int i = 0; i <= FRAME_MAX; i++) buf_put(&b, "x", 1);
    CHECK(!frame_end(&b, begin));
    buf_free(&b);
}

#define PLAN(MORE, MOUNTS)                                                                                                        \
    "{\"uid\":1000,\"gid\":1000,\"groups\":[4,27],\"cwd\":\"/home/u/w\",\"argv\":[\"make\",\"test\"],\"env\":{\"A\":\"b\"},\"mounts\":[" \
    MOUNTS "],\"network\":{\"mode\":\"offline\",\"loopbackPorts\":[9999]},\"limits\":{\"processes\":64}" MORE "}"
#define ROOT "{\"op\":\"ro-bind\",\"src\":\"/\",\"dst\":\"/\"}"
#define MASKS "{\"op\":\"mask-dir\",\"dst\":\"/var/lib/cordon\"},{\"op\":\"mask-dir\",\"dst\":\"/run/cordon\"}"

static struct identity caller = {.uid = 1000, .gid = 1000, .groups = {27, 4}, .group_count = 2};

static const char *check_protecting(const char *text, const char *more) {
    static char answer[5000];
    struct json_doc request;
    const char *argv = "[\"make\",\"test\"]";
    CHECK(json_read(&request, argv, strlen(argv)) == NULL);
    struct plan_rules rules = {&caller, request.root, "/home/u/w", {"/var/lib/cordon", "/run/cordon", more}, more ? 3 : 2};
    struct plan *plan = calloc(1, sizeof *plan);
    const char *wrong = json_read(&plan->doc, text, strlen(text));
    if (!wrong) wrong = plan_read(plan, plan->doc.root);
    if (!wrong) wrong = plan_check(plan, &rules);
    snprintf(answer, sizeof answer, "%s", wrong ? wrong : "");
    plan_free(plan);
    json_free(&request);
    return answer;
}

static const char *check(const char *text) {
    return check_protecting(text, NULL);
}

static void accepts_only_plans_that_keep_the_caller(void) {
    CHECK(strcmp(check(PLAN("", ROOT "," MASKS)), "") == 0);
    static const char *const swaps[][3] = {
        {"\"uid\":1000", "\"uid\":0", "uid"},
        {"\"uid\":1000", "\"uid\":-1", "uid"},
        {"\"uid\":1000", "\"uid\":4294967295", "uid"},
        {"\"gid\":1000", "\"gid\":0", "gid"},
        {"[4,27]", "[4,27,0]", "groups"},
        {"[4,27]", "[4]", "groups"},
        {"[4,27]", "[4,4]", "groups"},
        {"\"make\",\"test\"", "\"make\"", "argv"},
        {"\"make\",\"test\"", "\"make\",\"test\",\"x\"", "argv"},
        {"\"make\",\"test\"", "\"sh\",\"test\"", "argv"},
        {"/home/u/w", "/home/u", "cwd"},
        {"/home/u/w", "/home/u/w/..", "cwd"},
        {"\"offline\"", "\"proxy\"", "network.mode"},
        {"[9999]", "[0]", "loopbackPorts"},
        {"[9999]", "[65536]", "loopbackPorts"},
        {"\"processes\":64", "\"processes\":1", "limits"},
        {"\"processes\":64", "\"memoryMiB\":-1", "limits"},
        {"\"A\":\"b\"", "\"A=B\":\"b\"", "env"},
        {"\"A\":\"b\"", "\"\":\"b\"", "env"},
        {"\"A\":\"b\"", "\"A\":1", "env"},
    };
    for (size_t i = 0; i < sizeof swaps / sizeof *swaps; i++) {
        char text[2048];
        const char *whole = PLAN("", ROOT "," MASKS), *at = strstr(whole, swaps[i][0]);
        CHECK(at != NULL);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - whole), whole, swaps[i][1], at + strlen(swaps[i][0]));
        CHECK(strstr(check(text), swaps[i][2]) != NULL);
    }
}

#define SETTINGS(DST) PLAN("", ROOT "," MASKS ",{\"op\":\"mask-dir\",\"dst\":\"/etc/held/cordon\"},{\"op\":\"root-settings\",\"dst\":\"" DST "\"}")

static void settings_are_root_s_own_and_nothing_protected(void) {
    CHECK(strcmp(check_protecting(SETTINGS("/etc/other"), "/etc/held/cordon"), "") == 0);
    CHECK(strcmp(check_protecting(SETTINGS("/etc/held"), NULL), "") == 0);
    CHECK(strstr(check_protecting(SETTINGS("/etc/held"), "/etc/held/cordon"), "shows /etc/held/cordon") != NULL);
    CHECK(strstr(check_protecting(SETTINGS("/etc/held"), "/etc/held"), "/etc/held") != NULL);
    static const char *const bad[] = {SETTINGS("/etc"), SETTINGS("/"), SETTINGS("/etc/"), SETTINGS("/etc/a/b"), SETTINGS("/etc/.."), SETTINGS("/usr/lib"), SETTINGS("/etcetera/a"), SETTINGS("etc/a")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(strstr(check(bad[i]), "mounts: ") != NULL);
}

static void refuses_plans_that_show_what_is_protected(void) {
    static const char *const bad[] = {
        PLAN("", ROOT),
        PLAN("", MASKS "," ROOT),
        PLAN("", ROOT ",{\"op\":\"mask-dir\",\"dst\":\"/run/cordon\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"bind\",\"src\":\"/var\",\"dst\":\"/var\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"bind\",\"src\":\"/var/lib\",\"dst\":\"/home/u/x\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"ro-bind\",\"src\":\"/var/lib/cordon/spool\",\"dst\":\"/home/u/x\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"ro-bind\",\"src\":\"/run/cordon\",\"dst\":\"/run/cordon\"}"),
        PLAN("", ROOT ",{\"op\":\"mask-dir\",\"dst\":\"/var/lib/cordon/spool\"},{\"op\":\"mask-dir\",\"dst\":\"/run/cordon\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"ro-bind\",\"src\":\"/\",\"dst\":\"/mnt\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"bind\",\"src\":\"/var/../var\",\"dst\":\"/x\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"dev-bind\",\"src\":\"/dev\",\"dst\":\"/dev\"}"),
        PLAN("", ROOT "," MASKS ",{\"op\":\"bind\",\"src\":\"relative\",\"dst\":\"/x\"}"),
        PLAN(",\"placeholders\":[{\"path\":\"/var/lib/cordon/x\",\"dir\":true}]", ROOT "," MASKS),
        PLAN(",\"placeholders\":[{\"path\":\"a/b\",\"dir\":true}]", ROOT "," MASKS),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(strcmp(check(bad[i]), "") != 0);
    /* Hidden from above, or never shown, is as good as masked. */
    CHECK(strcmp(check(PLAN("", ROOT ",{\"op\":\"tmpfs\",\"dst\":\"/var\"},{\"op\":\"tmpfs\",\"dst\":\"/run\"}")), "") == 0);
    CHECK(strcmp(check(PLAN("", "{\"op\":\"ro-bind\",\"src\":\"/usr\",\"dst\":\"/usr\"}")), "") == 0);
    CHECK(strcmp(check(PLAN("", "{\"op\":\"ro-bind\",\"src\":\"/var/lib/cordonx\",\"dst\":\"/x\"}")), "") == 0);
}

/* Any bytes: no crash, no leak, no undefined behaviour; and an accepted plan still masks what it must. */
/* Whatever a hook is given, its answer is nothing or whole JSON that changed only the command. */
static void answers_of_hooks_are_json(int rounds) {
    static const char seed[] = "{\"tool_name\":\"Bash\",\"tool_input\":{\"command\":[\"ls\",\"it's\"],\"n\":-1.5e3,\"t\":\"\\u00e9\\n\"},\"toolName\":\"bash\",\"toolArgs\":\"{\\\"command\\\":\\\"a b\\\"}\"}";
    static const char *const calls[][2] = {{"codex", "PreToolUse"}, {"claude-code", "PreToolUse"}, {"copilot", "preToolUse"}};
    unsigned state = 4711;
    int answered = 0;
    for (int round = 0; round < rounds; round++) {
        char text[sizeof seed];
        memcpy(text, seed, sizeof seed);
        for (int edits = round % 4; edits; edits--) {
            state = state * 1664525 + 1013904223;
            text[(state >> 8) % (sizeof seed - 1)] = "{}[]\",:\\x-9.e\xff\x80"[(state >> 20) % 15];
        }
        struct buf answer = {0};
        hook_inside(&answer, "/opt/cordon", calls[round % 3][0], calls[round % 3][1], text, sizeof seed - 1);
        if (answer.len) {
            struct json_doc doc;
            answered++;
            CHECK(json_read_foreign(&doc, answer.data, answer.len - 1) == NULL);
            CHECK(strstr(answer.data, "/opt/cordon"));
            json_free(&doc);
        }
        buf_free(&answer);
    }
    CHECK(answered > rounds / 4);
}

static void survives_mutations(int rounds) {
    const char *seed = PLAN(",\"placeholders\":[{\"path\":\"/home/u/w/.codex\",\"dir\":true}]", ROOT "," MASKS ",{\"op\":\"bind\",\"src\":\"/home\",\"dst\":\"/home\"}");
    size_t n = strlen(seed);
    unsigned state = 20240607;
    char *text = malloc(n + 1);
    for (int round = 0; round < rounds; round++) {
        memcpy(text, seed, n + 1);
        for (int edits = 1 + round % 5; edits; edits--) {
            state = state * 1664525 + 1013904223;
            size_t at = (state >> 8) % n;
            state = state * 1664525 + 1013904223;
            static const char pool[] = "{}[]\",:\\/01-9ut .\xff\x80";
            text[at] = state & 1 << 20 ? pool[(state >> 8) % (sizeof pool - 1)] : (char)((state >> 8 & 0xFF) | !(state >> 8 & 0xFF));
        }
        const char *answer = check(text);
        if (!*answer) CHECK(strstr(text, "/var/lib/cordon\"") && strstr(text, "/run/cordon\""));
    }
    free(text);
}

/* One that comes while it is called off must still refuse: a hook that ends with 0 and says nothing permits. */
static void a_deadline_refuses_whenever_it_comes(void) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        os_deadline(100, "", NULL, 2);
        os_deadline(0, NULL, NULL, 0);
        raise(SIGALRM);
        _exit(77);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 2);
}

int main(int argc, char **argv) {
    a_deadline_refuses_whenever_it_comes();
    refuses_what_is_no_json();
    bytes_survive_the_round_trip();
    numbers_of_others_keep_their_text();
    values_are_written_as_read();
    frames_are_bounded();
    accepts_only_plans_that_keep_the_caller();
    settings_are_root_s_own_and_nothing_protected();
    refuses_plans_that_show_what_is_protected();
    answers_of_hooks_are_json(argc > 1 ? atoi(argv[1]) : 20000);
    survives_mutations(argc > 1 ? atoi(argv[1]) : 20000);
    printf("unit: %d checks passed\n", checks);
}
