"""A scripted model on the loopback that also takes OTLP: enough of the Responses and Messages APIs for one turn with commands."""
import gzip
import http.server
import json
import threading


class Model:
    """Answers with one shell command after the other, then with "done"; keeps the paths of telemetry and the results of commands."""

    def __init__(self):
        self.commands = []
        self.results = []
        self.telemetry = []
        self.lock = threading.Lock()
        model = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                self.reply(b'{"data":[],"models":[]}', "application/json")

            def do_POST(self):
                body = self.body()
                path = self.path.split("?")[0]
                if path.startswith("/v1/") and path.rsplit("/", 1)[1] in ("logs", "traces", "metrics"):
                    with model.lock:
                        model.telemetry.append((path, body))
                    self.reply(b"", "application/x-protobuf")
                elif path.endswith("/responses"):
                    self.reply(model.responses(json.loads(body)), "text/event-stream")
                elif path.endswith("/messages"):
                    self.reply(*model.messages(json.loads(body)))
                else:
                    self.reply(b"{}", "application/json")

            def body(self):
                if "chunked" in self.headers.get("transfer-encoding", ""):
                    data = b""
                    while size := int(self.rfile.readline().strip(), 16):
                        data += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                else:
                    data = self.rfile.read(int(self.headers.get("content-length", 0)))
                return gzip.decompress(data) if self.headers.get("content-encoding") == "gzip" else data

            def reply(self, data, kind):
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def script(self, commands):
        with self.lock:
            self.commands, self.results, self.telemetry = list(commands), [], []

    def next(self, results, tools):
        with self.lock:
            self.results = results
            return self.commands[len(results)] if tools and len(results) < len(self.commands) else None

    def responses(self, request):
        outputs = [i for i in request.get("input", []) if isinstance(i, dict) and i.get("type", "").endswith("call_output")]
        names = [t.get("name") for t in request.get("tools", [])]
        command = self.next([json.dumps(i.get("output")) for i in outputs], names)
        if command is None:
            item = {"type": "message", "id": "m", "role": "assistant", "status": "completed",
                    "content": [{"type": "output_text", "text": "done", "annotations": []}]}
        else:
            name = next(n for n in ("exec_command", "shell_command", "shell") if n in names)
            value = ["bash", "-lc", command] if name == "shell" else command
            item = {"type": "function_call", "id": "f", "call_id": f"call_{len(outputs) + 1}", "name": name,
                    "arguments": json.dumps({"cmd" if name == "exec_command" else "command": value})}
        usage = {"input_tokens": 1, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 1,
                 "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 2}
        body = {"id": "r", "object": "response", "output": [], "usage": usage}
        return sse([{"type": "response.created", "response": body},
                    {"type": "response.output_item.done", "output_index": 0, "item": item},
                    {"type": "response.completed", "response": body}])

    def messages(self, request):
        blocks = [b for m in request.get("messages", []) if isinstance(m.get("content"), list) for b in m["content"]]
        results = [json.dumps(b.get("content")) for b in blocks if b.get("type") == "tool_result"]
        command = self.next(results, request.get("tools", []))
        message = {"id": "m", "type": "message", "role": "assistant", "model": request.get("model", "x"), "content": [],
                   "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}
        if not request.get("stream"):
            message.update(content=[{"type": "text", "text": "done"}], stop_reason="end_turn")
            return json.dumps(message).encode(), "application/json"
        if command is None:
            start, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": "done"}
        else:
            start = {"type": "tool_use", "id": f"toolu_{len(results) + 1:02d}", "name": "Bash", "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps({"command": command, "description": "a step"})}
        return sse([{"type": "message_start", "message": message},
                    {"type": "content_block_start", "index": 0, "content_block": start},
                    {"type": "content_block_delta", "index": 0, "delta": delta},
                    {"type": "content_block_stop", "index": 0},
                    {"type": "message_delta", "usage": {"output_tokens": 1},
                     "delta": {"stop_reason": "end_turn" if command is None else "tool_use", "stop_sequence": None}},
                    {"type": "message_stop"}]), "text/event-stream"


def sse(events):
    return b"".join(b"event: %s\ndata: %s\n\n" % (e["type"].encode(), json.dumps(e).encode()) for e in events)
