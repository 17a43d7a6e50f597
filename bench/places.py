"""Where a scenario runs: Hallway with one durability or the other, Hallway as it once was, and the
references of bench/floors. Each run has a fresh server, on the first core; the load is on the last."""

import os
import subprocess
import sys
import tempfile
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "faults"))
from server import Load, Server, free_port  # noqa: E402  (the folder must be on the path first)

LIFTED = ["--limits.messages_per_s=10000", "--limits.messages_burst=100000",
          "--limits.commands_per_s=10000", "--limits.commands_burst=100000",
          "--limits.joins_per_s=10000", "--limits.joins_burst=1000000",
          "--limits.hello_sockets_per_address=100000", "--rounds.announce_s=5", "--rounds.wrap_s=1"]
# Where the load client has a core of its own it never sleeps, so that its waking is not measured.
SPINNING = {"fanout", "tables", "crowd", "round", "preview"}
FLOORS = {
    "floor_direct": ("hallway-floor", "direct"),
    "floor_batched": ("hallway-floor", "batched"),
    "beast_each": ("hallway-floor-beast", "each"),
    "beast_batched": ("hallway-floor-beast", "batched"),
}
NAMES = {
    "floor_direct": "floor, direct", "floor_batched": "floor, batched",
    "beast_each": "Beast, as in its chat example", "beast_batched": "Beast, batched",
    "hallway": "Hallway", "hallway_commit": "Hallway, commit", "hallway_relaxed": "Hallway, relaxed",
    "hallway_old": "Hallway at the start",
}


class Place:
    """One of those, by its name."""

    def __init__(self, name, options, folder, tls=False):
        self.name = name
        self._options = options
        self._folder = folder
        self._tls = tls

    def run(self, scenario, arguments):
        """The load client's report, with its exit code; where it has none, why it failed."""
        if self.name in FLOORS:
            return self._run_floor(scenario, arguments)
        return self._run_hallway(scenario, arguments)

    def _run_hallway(self, scenario, arguments):
        # A fresh server and an empty folder each time: no round inherits the history of another.
        with tempfile.TemporaryDirectory(dir=self._folder) as data:
            flags, tls = self._flags(data)
            server = Server(self._binary(), data, os.path.join(self._folder, "server.log"), flags,
                            prefix=self._pin(0))
            server.start()
            try:
                links = ["--link", server.links["member"], "--staff-link", server.links["organiser"]]
                report = self._load(scenario, server.process.pid, [*links, *tls], arguments)
                report["commit_mean_ms"] = commit_mean_ms(server.url)
            except OSError as gone:
                report = {"exit_code": 1, "failed": f"the server does not answer: {gone}"}
            finally:
                server.stop()
            return report

    def _binary(self):
        folder = self._options.old_build if self.name == "hallway_old" else self._options.build
        return os.path.join(folder, "hallway")

    def _flags(self, data):
        """The flags of the server, and those that tell the load client of TLS."""
        flags = list(LIFTED)
        if self.name != "hallway_old":  # which may not know of what is new
            flags += self._options.flag
        _, _, durability = self.name.partition("_")
        if durability in ("commit", "relaxed") and knows_durability(self._options.build):
            flags = [*flags, f"--durability={durability}"]
        if not self._tls:
            return flags, []
        port = free_port()
        chain, key = make_certificate(data)
        return [*flags, f"--tls.listen=127.0.0.1:{port}", f"--tls.certificate={chain}",
                f"--tls.key={key}"], ["--tls-port", port]

    def _run_floor(self, scenario, arguments):
        program, kind = FLOORS[self.name]
        floor = subprocess.Popen(
            [*self._pin(0), os.path.join(self._options.build, program), kind],
            stdout=subprocess.PIPE, text=True)
        try:
            link = floor.stdout.readline().split()[1] + "/j/floor"
            return self._load(scenario, floor.pid, ["--floor", "--link", link], arguments)
        finally:
            floor.kill()
            floor.wait()

    def _load(self, scenario, pid, links, arguments):
        cores = os.cpu_count()
        spin = ["--spin"] if self._options.pin and cores > 1 and scenario in SPINNING else []
        load = Load(os.path.join(self._options.build, "hallway-load"), scenario, *links,
                    "--server-pid", pid, *arguments, *spin, prefix=self._pin(cores - 1))
        code, report, said = load.wait()
        if not report:
            report = {"failed": said or "it said nothing"}
        return {"exit_code": code, **report}

    def _pin(self, core):
        return ["taskset", "-c", str(core)] if self._options.pin else []


def knows_durability(build):
    """Whether this server has both kinds of durability, or only that of `commit`."""
    usage = subprocess.run([os.path.join(build, "hallway"), "serve", "--help"],
                           capture_output=True, text=True, check=False)
    return "--durability" in usage.stdout


def commit_mean_ms(url):
    """The mean time of a group commit of this server, as its metrics tell."""
    with urllib.request.urlopen(url + "/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    figures = dict(line.split(" ")[:2] for line in lines if line and not line.startswith("#"))
    name = "hallway_journal_commit_seconds"
    count = float(figures.get(name + "_count", 0))
    return 1000 * float(figures.get(name + "_sum", 0)) / count if count else 0.0


def make_certificate(folder):
    chain, key = os.path.join(folder, "bench.crt"), os.path.join(folder, "bench.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", chain],
                   check=True, capture_output=True)
    return chain, key
