/* cordon: hands a command to the Cordon agent, which decides, confines and records it. Only inside a boundary of Cordon's, where
 * the agent cannot be reached, and whatever runs is within the same boundary, it starts the command itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "json.h"
#include "os.h"
#include "version.h"

static const char usage[] =
    "Usage:\n"
    "  cordon run [OPTIONS] [--] COMMAND [ARGUMENT...]   run a command inside the boundary of the policy in force\n"
    "  cordon status [--json]                            the agent, and the policy it enforces\n"
    "  cordon explain [--json] command [--] COMMAND...   what the policy says of a command, and why\n"
    "  cordon explain [--json] path [--write] PATH       ... of reading or writing a path\n"
    "  cordon explain [--json] host HOST[:PORT]          ... of reaching a host (port 443 unless given)\n"
    "  cordon hook AGENT EVENT                           answers a hook of a coding agent; its settings call it\n"
    "  cordon --version | --help\n"
    "\n"
    "Options of run:\n"
    "  --cwd DIR          start in DIR\n"
    "  --session ID       the session that the record belongs to\n"
    "  --tool-call ID     the tool call that led to this command\n"
    "  --reason TEXT      why, in the words of whoever asks; recorded as self-reported\n"
    "  --asked            first of all: run it only if the developer was asked about this tool call and allowed it\n"
    "\n"
    "The command gets stdin, stdout, stderr, signals and, if there is one, a terminal of its own.\n"
    "TRACEPARENT in the environment makes the record part of that trace.\n"
    "\n"
    "Inside a boundary (`cordon run -- codex`), `cordon run` just starts the command: it stays within that boundary and is part\n"
    "of the run around it. No rule on commands is applied to it, and --session, --tool-call, --reason and --asked mean nothing.\n"
    "\n"
    "Exit status: that of the command; 127 when it was not found; 126 when the policy denies it or it cannot be started;\n"
    "125 when Cordon itself failed or its agent is not running (the command is then not run at all);\n"
    "2 for wrong usage.\n";

static int wrong(const char *what, const char *which) {
    struct buf b = {0};
    buf_text(&b, "cordon: ");
    buf_text(&b, what);
    if (which) buf_text(&b, ": ");
    if (which) buf_text(&b, which);
    buf_text(&b, " (cordon --help says more)\n");
    buf_put(&b, "", 1);
    os_print(2, b.failed ? "cordon: out of memory\n" : b.data);
    buf_free(&b);
    return 2;
}

static int help(int stream) {
    os_print(stream, usage);
    os_print(stream, os_usage);
    return stream == 1 ? 0 : 2;
}

struct options {
    const char *cwd, *session, *tool_call, *reason;
    char **command; /* NULL-terminated */
};

static void write_list(struct buf *b, char **items) {
    buf_text(b, "[");
    for (char **i = items; *i; i++) {
        if (i != items) buf_text(b, ",");
        json_string(b, *i);
    }
    buf_text(b, "]");
}

static int unreachable(void) {
    os_print(2, "cordon: this is inside a boundary of Cordon's, from which its agent cannot be reached\n");
    return EXIT_CORDON;
}

/* `args` is the ready-made JSON of what is special to the operation. */
static int ask(const char *op, const struct options *o, const struct buf *args, unsigned how) {
    static char *nothing[] = {NULL};
    struct buf b = {0};
    if (o->cwd && !os_change_directory(o->cwd)) return EXIT_CORDON;
    size_t begin = frame_begin(&b);
    buf_text(&b, "{");
    json_member_string(&b, "op", op);
    json_key(&b, "argv");
    write_list(&b, o->command ? o->command : nothing);
    json_member_string(&b, "session", o->session);
    json_member_string(&b, "toolCall", o->tool_call);
    json_member_string(&b, "reason", o->reason);
    json_member_string(&b, "traceparent", os_variable("TRACEPARENT"));
    os_describe_process(&b, true);
    json_key(&b, "args");
    buf_put(&b, args->data, args->len);
    buf_text(&b, "}");
    if (!frame_end(&b, begin) || args->failed) {
        os_print(2, "cordon: arguments and environment are too large (more than 1 MiB); nothing was run\n");
        return EXIT_CORDON;
    }
    int status = os_converse(&b, how);
    buf_free(&b);
    return status;
}

static int run(char **argv) {
    struct options o = {0};
    bool asked = *argv && strcmp(*argv, "--asked") == 0;
    argv += asked;
    struct {
        const char *name, **value;
    } known[] = {{"--cwd", &o.cwd}, {"--session", &o.session}, {"--tool-call", &o.tool_call}, {"--reason", &o.reason}};
    for (; *argv && (*argv)[0] == '-'; argv++) {
        if (strcmp(*argv, "--") == 0) {
            argv++;
            break;
        }
        size_t i = 0, n = 0;
        for (; i < sizeof known / sizeof *known; i++) {
            n = strlen(known[i].name);
            if (strncmp(*argv, known[i].name, n) == 0 && ((*argv)[n] == 0 || (*argv)[n] == '=')) break;
        }
        if (i == sizeof known / sizeof *known) return wrong("run: unknown option", *argv);
        if ((*argv)[n] == '=') {
            *known[i].value = *argv + n + 1;
        } else if (argv[1]) {
            *known[i].value = *++argv;
        } else {
            return wrong("run: missing value", *argv);
        }
    }
    if (!*argv) return wrong("run: missing command", NULL);
    o.command = argv;
    if (os_confined()) return o.cwd && !os_change_directory(o.cwd) ? EXIT_CORDON : os_become(o.command);
    struct buf args = {0};
    buf_text(&args, asked ? "{\"asked\":true}" : "{}");
    int status = ask("run", &o, &args, 0);
    buf_free(&args);
    return status;
}

static int status(char **argv) {
    bool json = *argv && strcmp(*argv, "--json") == 0;
    if (argv[json]) return wrong("status: unexpected argument", argv[json]);
    if (os_confined()) {
        os_print(1, json ? "{\"confined\":true}\n" : "confined      this process runs inside a boundary of Cordon's; its agent cannot be reached from here\n");
        return 0;
    }
    struct options o = {0};
    struct buf args = {0};
    buf_text(&args, json ? "{\"json\":true}" : "{\"json\":false}");
    int result = ask("status", &o, &args, json ? CONVERSE_QUIET : 0);
    if (result == EXIT_CORDON && json) os_print(1, "{\"running\":false}\n");
    buf_free(&args);
    return result;
}

/* HOST, HOST:PORT, [IPV6]:PORT or a bare IPv6 address. False: not one of these. */
static bool explain_host(struct buf *args, const char *text) {
    char host[256];
    const char *end, *port = NULL;
    if (text[0] == '[') {
        end = strchr(text++, ']');
        if (!end) return false;
        if (end[1] == ':') port = end + 2;
        else if (end[1]) return false;
    } else {
        const char *colon = strchr(text, ':');
        bool single = colon && !strchr(colon + 1, ':');
        end = single ? colon : text + strlen(text);
        if (single) port = colon + 1;
    }
    if (end == text || (size_t)(end - text) >= sizeof host) return false;
    snprintf(host, sizeof host, "%.*s", (int)(end - text), text);
    char *rest = NULL;
    long number = port ? strtol(port, &rest, 10) : 443;
    if (port && (rest == port || *rest)) return false;
    if (number < 1 || number > 65535) return false;
    json_member_string(args, "host", host);
    json_member_integer(args, "port", number);
    return true;
}

static int explain(char **argv) {
    bool json = *argv && strcmp(*argv, "--json") == 0;
    struct buf args = {0};
    argv += json;
    const char *kind = *argv ? *argv++ : "";
    const char *problem = NULL;
    buf_text(&args, "{");
    json_member_string(&args, "kind", kind);
    json_member_bool(&args, "json", json);
    if (strcmp(kind, "command") == 0) {
        if (*argv && strcmp(*argv, "--") == 0) argv++;
        if (!*argv) problem = "explain command: missing command";
    } else if (strcmp(kind, "path") == 0) {
        bool write = *argv && strcmp(*argv, "--write") == 0;
        argv += write;
        if (!*argv || argv[1]) problem = "explain path: expected one path";
        json_member_string(&args, "access", write ? "write" : "read");
    } else if (strcmp(kind, "host") == 0) {
        if (!*argv || argv[1] || !explain_host(&args, *argv)) problem = "explain host: expected HOST or HOST:PORT";
    } else {
        problem = "explain: expected command, path or host";
    }
    buf_text(&args, "}");
    struct options o = {.command = argv}; /* what is asked about */
    int result = problem ? wrong(problem, NULL) : os_confined() ? unreachable() : ask("explain", &o, &args, 0);
    buf_free(&args);
    return result;
}

int cordon_main(int argc, char **argv) {
    if (argc < 2) return help(2);
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) return help(1);
    if (strcmp(word, "--version") == 0) {
        os_print(1, "cordon " VERSION "\n");
        return 0;
    }
    if (strcmp(word, "run") == 0) return argv[2] && strcmp(argv[2], "--help") == 0 ? help(1) : run(argv + 2);
    if (strcmp(word, "status") == 0) return status(argv + 2);
    if (strcmp(word, "explain") == 0) return explain(argv + 2);
    if (strcmp(word, "hook") == 0) return hook_main(argv[0], argv + 2);
    return wrong("unknown command", word);
}
