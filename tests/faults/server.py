"""Starts, kills and watches one Hallway server, and runs the load client against it."""

import json
import os
import queue
import signal
import socket
import subprocess
import threading
import time

READY_LIMIT_S = 15


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One server on one port and one data folder, through any number of lives."""

    def __init__(self, binary, data, log_path, flags=(), prefix=()):
        self.binary = binary
        self.data = data
        self.flags = list(flags)
        self._prefix = list(prefix)  # a program to start it through, such as taskset
        self.port = free_port()
        self.links = {}
        self.process = None
        self._log_path = log_path

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Gives the seconds until the server said that it is ready."""
        began = time.monotonic()
        with open(self._log_path, "ab") as log:
            self.process = subprocess.Popen(
                [*self._prefix, self.binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", self.data,
                 "--demo", *self.flags],
                stdout=subprocess.PIPE, stderr=log, text=True)
        lines = queue.Queue()
        threading.Thread(target=self._read_lines, args=(self.process, lines), daemon=True).start()
        ready_s = None
        while ready_s is None or "organiser" not in self.links:
            try:
                line = lines.get(timeout=max(0.1, began + READY_LIMIT_S - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                raise RuntimeError(f"the server did not become ready; see {self._log_path}")
            word, _, rest = line.strip().partition(" ")
            if word == "ready":
                ready_s = time.monotonic() - began
                self.links = {}
            else:
                self.links[word] = rest
        return ready_s

    @staticmethod
    def _read_lines(process, lines):
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def terminate(self, limit_s=15):
        """Asks the server to end; gives its exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.kill()
            code = None
        return code, time.monotonic() - began

    def stop(self):
        if self.process and self.process.poll() is None:
            self.terminate()

    def database(self):
        """The path of the server's database file."""
        for folder, _, names in os.walk(self.data):
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not os.path.isfile(path):
                    continue  # the socket of the operator's commands
                with open(path, "rb") as file:
                    if file.read(15) == b"SQLite format 3":
                        return path
        raise FileNotFoundError("no database in " + self.data)


class Load:
    """One run of hallway-load in the background."""

    def __init__(self, binary, *arguments, prefix=()):
        self._process = subprocess.Popen(
            [*prefix, binary, *[str(each) for each in arguments]], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)

    def is_running(self):
        return self._process.poll() is None

    def wait(self, limit_s=600):
        """Gives the exit code, the report of the run, and what it wrote to standard error."""
        out, err = self._process.communicate(timeout=limit_s)
        report = json.loads(out) if out.strip() else {}
        return self._process.returncode, report, err.strip()
