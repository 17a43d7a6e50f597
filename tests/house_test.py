#!/usr/bin/env python3
"""Holds the house to its rules, and the rules to theirs: each is fed what it must find."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import house_rules  # noqa: E402  (stands beside this file)

FOLDERS = ("protocol", "rooms", "server", "tests", "bench", "web-client/src")
SUFFIXES = (".cpp", ".hpp", ".js", ".css")


def house():
    """Every source file by its path in the repository."""
    files = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            is_source = path.suffix in SUFFIXES or path.name == "CMakeLists.txt"
            if is_source and path.is_file() and "node_modules" not in path.parts:
                files[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    return files


def sentences(path, text, **others):
    files = {path: "// What it is.\n" + text}
    files.update(others)
    return [sentence for _, _, sentence in house_rules.findings(files)]


class TheHouse(unittest.TestCase):
    def test_stands(self):
        files = house()
        self.assertGreater(len(files), 50, "the folders were not found")
        found = house_rules.findings(files)
        if found:
            self.fail("\n" + "\n".join(f"{p}:{n}: {s}" for p, n, s in found))


class Rules(unittest.TestCase):
    def finds(self, path, text, part):
        found = sentences(path, text)
        self.assertTrue(any(part in sentence for sentence in found), f"{text!r} gave {found}")

    def passes(self, path, text):
        self.assertEqual(sentences(path, text), [])

    def test_rooms_know_no_adapters(self):
        for header in ("<boost/asio/post.hpp>", "<rapidjson/reader.h>", "<spdlog/spdlog.h>",
                       "<openssl/ssl.h>", "<sqlite3.h>", "<unistd.h>", "<boost/system/result.hpp>"):
            self.finds("rooms/a.cpp", f"#include {header}\n", "standard library alone")
        self.finds("rooms/a.cpp", '#include "server/log.hpp"\n', "includes the server")
        self.passes("rooms/a.cpp", '#include <map>\n#include "protocol/ids.hpp"\n')

    def test_protocol_knows_the_standard_library_and_its_codec(self):
        self.finds("protocol/a.cpp", '#include "rooms/place.hpp"\n', "alone")
        self.finds("protocol/a.cpp", "#include <boost/asio/post.hpp>\n", "standard library")
        self.finds("protocol/a.cpp", "#include <rapidjson/reader.h>\n", "belongs to")
        self.finds("protocol/json_value.hpp", "#include <rapidjson/reader.h>\n", "header file")
        self.passes("protocol/json_value.cpp", "#include <rapidjson/reader.h>\n")
        self.passes("protocol/a.hpp", "#include <boost/system/result.hpp>\n")

    def test_the_server_does_not_know_its_tests(self):
        self.finds("server/a.cpp", '#include "tests/support/x.hpp"\n', "alone")
        self.finds("web-client/a.hpp", '#include "server/log.hpp"\n', "includes the server")
        self.passes("tests/a.cpp", '#include "server/log.hpp"\n')

    def test_a_heavy_header_has_one_owner(self):
        for header in ("<rapidjson/reader.h>", "<spdlog/spdlog.h>", "<sqlite3.h>", "<sodium.h>",
                       "<toml++/toml.h>", "<utf8proc.h>", "<prometheus/counter.h>", "<curl/curl.h>",
                       "<openssl/ssl.h>"):
            self.finds("server/elsewhere.cpp", f"#include {header}\n", "belongs to")
        for header in ("<boost/beast/websocket.hpp>", "<CLI/CLI.hpp>"):
            self.passes("server/a.cpp", f"#include {header}\n")
            both = {"server/b.cpp": f"// What it is.\n#include {header}\n"}
            self.assertIn("one module owns it",
                          " ".join(sentences("server/a.cpp", f"#include {header}\n", **both)))

    def test_time_and_chance_come_from_the_clock(self):
        for text in ("auto t = steady_clock::now();", "std::random_device dice;", "time(nullptr);",
                     "clock_gettime(CLOCK_REALTIME, &t);", "x = std::rand();",
                     "randombytes_buf(p, 8);"):
            self.finds("rooms/a.cpp", text, "server/clock")
            self.finds("server/a.cpp", text, "server/clock")
            self.passes("server/clock.cpp", text)
            self.passes("bench/a.cpp", text)
        self.passes("server/a.cpp", "// steady_clock::now() is not asked here\nports.now();\n")
        self.passes("server/a.cpp", 'log("::now()");')
        self.passes("server/a.cpp", 'sql(R"q(")q"); auto big = 10\'000; log(R"(::now())");')

    def test_what_is_awaited_has_a_name(self):
        self.finds("server/a.cpp", "co_await send(Frame{1, 2});", "braced")
        self.finds("server/a.cpp", "auto x = co_await send({});", "braced")
        self.finds("server/a.cpp", "if (co_await send(Frame{1})) {", "braced")
        self.finds("server/a.cpp", "co_await run([this] { return 1; });", "lambda")
        self.finds("server/a.cpp", "co_await run(a,\n  [x](int y) { return x + y; });", "lambda")
        self.passes("server/a.cpp", "auto [a, b] = co_await read(buffer[0], token);")
        self.passes("server/a.cpp", "if (co_await send(frame)) { go(Frame{1}); }")
        self.passes("server/a.cpp", "while (more) more = co_await serve();\nauto f = [x] {};")

    def test_coroutines_take_values(self):
        self.finds("server/a.hpp", "awaitable<void> write(const Frame& frame);", "by value")
        self.finds("server/a.hpp", "asio::awaitable<R<int>> ask(std::string_view q);", "by value")
        self.finds("server/a.cpp", "auto run = [](Frame& f) -> awaitable<void> {};", "by value")
        self.finds("server/a.cpp", "auto run = [this]() -> awaitable<void> {};", "captures")
        self.passes("server/a.hpp", "awaitable<std::vector<int>> write(Frame frame, int n);")
        self.passes("server/a.hpp", "awaitable<int> ask(int n, boost::asio::io_context& home);")
        self.passes("server/a.hpp", "std::function<awaitable<void>(const Frame&)> later;")

    def test_files_and_lines_have_their_length(self):
        self.finds("rooms/a.cpp", "//\n" * 500, "500 at most")
        self.passes("rooms/a.cpp", "//\n" * 499)
        self.finds("web-client/src/a.js", "// " + "x" * 98 + "\n", "100 at most")
        self.passes("web-client/src/a.js", "// " + "ø" * 97 + "\n")
        self.passes("tests/a.cpp", "//\n" * 700)

    def test_a_file_says_what_it_is_and_is_finished(self):
        found = house_rules.findings({"rooms/a.cpp": "#include <map>\n"})
        self.assertIn("first comment", found[0][2])
        self.assertEqual(sentences("rooms/a.hpp", "", **{"rooms/a.cpp": "#include <map>\n"}), [])
        self.finds("rooms/a.cpp", "// TO" + "DO: later\n", "unfinished")

    def test_rooms_link_protocol_alone(self):
        found = house_rules.findings({
            "rooms/CMakeLists.txt":
                "target_link_libraries(hallway_rooms PUBLIC hallway_protocol Boost::system)"})
        self.assertEqual([s for _, _, s in found],
                         ["rooms links Boost::system; it links protocol alone"])


if __name__ == "__main__":
    unittest.main()
