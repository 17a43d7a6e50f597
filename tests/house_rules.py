"""The rules of the house that a machine can check: who may include what, where time and chance
come from, what may stand in a co_await, how long files and lines may be. `findings(files)` takes a
mapping of paths to texts, so that the rules themselves are tested with snippets."""

import re

LINES_MAX = 500
COLUMNS_MAX = 100
PRODUCT = ("protocol/", "rooms/", "server/")
MEASURED = PRODUCT + ("web-client/src/",)

# Heavy headers: compiled in one module each, and never in a header file. Where a module is named,
# that is the owner; sodium has three, since tokens and passphrases hash with it and the clock draws chance from it.
HEAVY = {
    r"boost/beast/websocket": None,
    r"rapidjson/": ["protocol/json_value"],
    r"spdlog/": ["server/log"],
    r"openssl/": ["server/net/tls", "server/jose"],
    r"curl/": ["server/fetch"],
    r"sqlite3\.h|SQLiteCpp/": ["server/sqlite_db"],
    r"utf8proc\.h": ["protocol/text"],
    r"sodium": ["server/tokens", "server/clock", "server/passphrase"],
    r"toml": ["server/config", "server/config_sso"],
    r"CLI/": None,
    r"prometheus/": ["server/metrics"],
}

TIME_AND_CHANCE = re.compile(
    r"::now\s*\(|\brandom_device\b|\bgettimeofday\s*\(|\bclock_gettime\s*\(|\bstd::s?rand\s*\("
    r"|\bgetrandom\s*\(|\brandombytes_|\btime\s*\(\s*(?:nullptr|NULL|0)\s*\)")


def is_cpp(path):
    return path.endswith((".cpp", ".hpp"))


LITERAL_OR_COMMENT = (r'//[^\n]*|/\*.*?\*/|\bR"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
                      r"|(?<!\w)'(?:\\.|[^'\\\n])'")


def without_comments_and_strings(text):
    """The same length and lines; comments and the insides of literals become blanks."""
    def blank(match):
        token = match.group(0)
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else (
            token[0] + re.sub(r"[^\n]", " ", token[1:-1]) + token[-1])
    return re.sub(LITERAL_OR_COMMENT, blank, text, flags=re.S)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def includes(text):
    for match in re.finditer(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', text, flags=re.M):
        yield line_of(text, match.start(2)), match.group(1) == "<", match.group(2)


def include_findings(path, text):
    allowed = {"protocol/": ("protocol/",), "rooms/": ("protocol/", "rooms/"),
               "server/": ("protocol/", "rooms/", "server/")}
    folder = next((each for each in PRODUCT if path.startswith(each)), None)
    for line, is_angled, header in includes(text):
        if header.startswith("server/") and not path.startswith(("server/", "tests/", "bench/")):
            yield path, line, f"{header}: nothing but tests and benchmarks includes the server"
        elif folder and not is_angled and not header.startswith(allowed[folder]):
            yield path, line, f"{header}: {folder} includes {' and '.join(allowed[folder])} alone"
        elif folder in ("protocol/", "rooms/") and is_angled and not is_free(folder, header):
            yield path, line, f"{header}: {folder} includes the standard library alone"
        heavy = next((each for each in HEAVY if re.match(each, header)), None)
        if folder and is_angled and heavy and path.endswith(".hpp"):
            yield path, line, f"{header}: heavy, so never in a header file"
        owners = HEAVY.get(heavy)
        if folder and is_angled and owners and not path.startswith(tuple(o + "." for o in owners)):
            yield path, line, f"{header}: belongs to {' and '.join(owners)}"


def is_free(folder, header):
    is_standard = "/" not in header and "." not in header
    is_owned_here = any(re.match(each, header) and any(o.startswith(folder) for o in owners or [])
                        for each, owners in HEAVY.items())
    return is_standard or is_owned_here or (
        folder == "protocol/" and header == "boost/system/result.hpp")


def owner_findings(files):
    for heavy, owners in HEAVY.items():
        users = {}
        for path, text in files.items():
            if is_cpp(path) and path.startswith(PRODUCT):
                for line, is_angled, header in includes(text):
                    if is_angled and re.match(heavy, header):
                        users.setdefault(path.rsplit(".", 1)[0], (path, line, header))
        if owners is None and len(users) > 1:
            for path, line, header in users.values():
                yield path, line, f"{header}: one module owns it, here are {len(users)}"


def time_findings(path, code):
    if not path.startswith(PRODUCT) or path.startswith("server/clock."):
        return
    for match in TIME_AND_CHANCE.finditer(code):
        yield path, line_of(code, match.start()), "time and chance come from server/clock alone"


def awaited(code, start):
    """What stands behind a co_await, to the end of its statement or of the brackets around."""
    depth = 0
    for position in range(start, len(code)):
        character = code[position]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                return code[start:position]
        elif character == ";" and depth == 0:
            return code[start:position]
    return code[start:]


LAMBDA = re.compile(r"(?:^|[(,=?:&|]|\breturn)\s*\[")


def await_findings(path, code):
    for match in re.finditer(r"\bco_await\b", code):
        expression = awaited(code, match.end())
        if LAMBDA.search(expression):
            yield path, line_of(code, match.start()), "name the lambda, then await it"
        elif "{" in expression:
            yield path, line_of(code, match.start()), "name what is braced, then await it"


def coroutine_findings(path, code):
    for match in re.finditer(r"\bawaitable\s*<", code):
        end = closing(code, match.end() - 1, "<", ">")
        head = re.match(r"\s*(?:[\w:~]+)\s*\(", code[end:]) if end else None
        if head:  # a declaration: awaitable<T> name(parameters)
            opening = end + head.end() - 1
            parameters = code[opening + 1:closing(code, opening, "(", ")") - 1]
            yield from parameter_findings(path, code, opening, parameters)
        before = code[:match.start()].rstrip().removesuffix("asio::").removesuffix("boost::")
        literal = re.search(r"\[([^\[\]]*)\]\s*\(([^()]*)\)\s*(?:mutable\s*)?->\s*$", before)
        if literal:
            if literal.group(1).strip():
                yield (path, line_of(code, literal.start()),
                       "a coroutine lambda captures nothing: its captures die before it does")
            yield from parameter_findings(path, code, literal.start(), literal.group(2))


def parameter_findings(path, code, position, parameters):
    parameters = re.sub(r"\b(?:boost::)?(?:asio::)?io_context\s*&", "", parameters)  # outlives all
    if "&" in parameters or "string_view" in parameters or "span<" in parameters:
        yield path, line_of(code, position), "a coroutine takes its parameters by value"


def closing(code, position, opens, closes):
    depth = 0
    for at in range(position, len(code)):
        depth += (code[at] == opens) - (code[at] == closes)
        if depth == 0:
            return at + 1
    return None


def shape_findings(path, text, has_header):
    lines = text.split("\n")
    count = len(lines) - (lines[-1] == "")
    if count > LINES_MAX:
        yield path, count, f"{count} lines; {LINES_MAX} at most: split it"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            yield path, number, f"{len(line)} columns; {COLUMNS_MAX} at most"
    if not has_header and not re.match(r"\s*(?://|/\*)", text):
        yield path, 1, "the first comment says what the file is responsible for"
    for match in re.finditer(r"\b(?:TODO|FIXME|XXX)\b", text):
        yield path, line_of(text, match.start()), "no unfinished work"


def link_findings(path, text):
    for match in re.finditer(r"target_link_libraries\s*\(([^)]*)\)", text):
        words = set(match.group(1).split())
        words -= {"hallway_rooms", "hallway_flags", "hallway_protocol"}
        words -= {"PUBLIC", "PRIVATE", "INTERFACE"}
        for word in sorted(words):
            yield path, line_of(text, match.start()), f"rooms links {word}; it links protocol alone"


def findings(files):
    """All that is wrong, as (path, line, sentence), in order."""
    found = list(owner_findings(files))
    for path, text in files.items():
        if path == "rooms/CMakeLists.txt":
            found += link_findings(path, text)
        if is_cpp(path):
            found += include_findings(path, text)
            code = without_comments_and_strings(text)
            found += time_findings(path, code)
            if path.startswith("server/"):
                found += await_findings(path, code)
                found += coroutine_findings(path, code)
        if path.startswith(MEASURED) and path.endswith((".cpp", ".hpp", ".js", ".css")):
            has_header = path.endswith(".cpp") and path[:-3] + "hpp" in files
            found += shape_findings(path, text, has_header)
    return sorted(set(found))
