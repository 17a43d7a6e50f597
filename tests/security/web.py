"""Attacks over HTTP on a running server: foreign pages (S1), cookies and a stolen database (S1, S2), headers (S13) and
invitations (S14). Each takes a Bench, notes in it what did not hold, and gives what was done as a sentence."""

import base64
import concurrent.futures
import contextlib
import http.client
import json
import re
import sqlite3
import subprocess

from wire import Client, Closed, join

UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "hallway.v1"}


def ask(server, method, path, headers=None, body=None):
    """One request on a connection of its own: status, headers, body."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        fields = dict(headers or {})
        if body is not None and not isinstance(body, str):
            body = json.dumps(body)
        if body is not None:
            fields.setdefault("Content-Type", "application/json")
        line.request(method, path, body, fields)
        answer = line.getresponse()
        text = b"" if answer.status == 101 else answer.read()
        return answer.status, answer.headers, text
    finally:
        line.close()


def foreign_origins(port):
    """What is not the page of this server, however near it looks."""
    own = f"http://127.0.0.1:{port}"
    return ["http://evil.example", "null", "NULL", "", "*", "file://", own + ".evil.example",
            own + "@evil.example", f"http://evil.example@127.0.0.1:{port}", own + "/", own + "#",
            own + "?", own + " http://evil.example", own + ", http://evil.example",
            own.replace("http", "https"), own.replace("http", "HTTP"), own.replace("http", "ws"),
            "http://127.0.0.1", f"http://127.0.0.1:{port + 1}", f"http://127.0.0.1:0{port}",
            f"http://127.1:{port}", f"http://2130706433:{port}", f"http://0x7f.0.0.1:{port}",
            f"http://127.0.0.1.:{port}", f"http://localhost.:{port}", f"http://LOCALHOST:{port}",
            f"http://[::ffff:127.0.0.1]:{port}", "chrome-extension://abcdefghijklmnop",
            f"//127.0.0.1:{port}", f"127.0.0.1:{port}"]


def origins(bench):
    """S1: a page that is not ours opens no socket and signs nobody in."""
    server = bench.server()
    server.start()
    session = join(server.url, server.links["member"], "Ada")
    cookie = {"Cookie": f"hallway_0={session['token']}"}
    invite = {"invite": server.links["member"].rsplit("/", 1)[1], "name": "Eve"}
    refused = 0
    for origin in foreign_origins(server.port):
        tries = [("GET", "/ws", UPGRADE | {"Origin": origin}, None),
                 ("GET", "/ws?as=0", UPGRADE | cookie | {"Origin": origin}, None),
                 ("POST", "/api/v1/sessions", {"Origin": origin}, invite),
                 ("DELETE", "/api/v1/sessions/current?as=0", cookie | {"Origin": origin}, None)]
        for method, path, headers, body in tries:
            status = ask(server, method, path, headers, body)[0]
            bench.expect(status == 403, f"{method} {path} from {origin!r} was answered {status}")
            refused += status == 403
    absent = ask(server, "GET", "/ws?as=0", UPGRADE | cookie)[0]
    bench.expect(absent == 403, f"a cookie without an Origin was answered {absent}")
    own = ask(server, "GET", "/ws?as=0", UPGRADE | cookie | {"Origin": server.url})[0]
    bench.expect(own == 101, f"our own page was answered {own}")
    server.stop()
    return f"{refused + (absent == 403)} requests of foreign pages refused, our own let in"


def cookies(bench):
    """S1, S2: which cookie is whose has one reading, and a strange one signs nobody in."""
    server = bench.server()
    server.start()
    token = join(server.url, server.links["member"], "Ada")["token"]
    other = join(server.url, server.links["member"], "Bo")["token"]

    def known(field):
        status, _, body = ask(server, "GET", "/api/v1/sessions", {"Cookie": field})
        return [] if status != 200 else [each["name"] for each in json.loads(body)["sessions"]]

    strange = {
        "twice the same": f"hallway_0={token}; hallway_0={token}",
        "another's first": f"hallway_0={other}; hallway_0={token}",
        "another's last": f"hallway_0={token}; hallway_0={other}",
        "an empty one first": f"hallway_0=; hallway_0={token}",
        "a slot beyond": f"hallway_8={token}", "a slot below": f"hallway_-1={token}",
        "a slot written long": f"hallway_00={token}", "a slot in other digits": f"hallway_٠={token}",
        "other case": f"HALLWAY_0={token}", "a name with a blank": f"hallway_0 ={token}",
        "a prefix that is not ours here": f"__Host-hallway_0={token}",
        "a prefix of another kind": f"__Secure-hallway_0={token}", "quoted": f'hallway_0="{token}"',
        "too long": "hallway_0=" + "x" * 7000, "longer by one": f"hallway_0={token}x",
        "shorter by one": f"hallway_0={token[:-1]}", "decoded twice": f"hallway_0=%{token}",
        "a comma": f"theme=dark, hallway_0={token}", "nothing": "=;=;;=", "no value": "hallway_0"}
    for what, field in strange.items():
        names = known(field.encode("utf-8").decode("latin-1"))
        bench.expect(names == [], f"a cookie that is {what} signed in {names}")
    sound = {"alone": f"hallway_0={token}",
             "after a hundred": "; ".join(f"c{i}=x" for i in range(100)) + f"; hallway_0={token}",
             "beside another": f"hallway_1={other}; hallway_0={token}"}
    for what, field in sound.items():
        names = known(field)
        bench.expect("Ada" in names, f"a sound cookie {what} gave {names}")
    status = ask(server, "GET", "/api/v1/sessions", {"Cookie": "a=" + "x" * 9000})[0]
    bench.expect(status == 431, f"a cookie of 9 KB was answered {status}")
    server.stop()

    # Behind TLS the prefix is required: a subdomain can set no cookie of that name.
    secure = bench.server("--public_url=https://meet.example.org", data=bench.path("secure"))
    secure.start()
    made = ask(secure, "POST", "/api/v1/sessions", {"Origin": "https://meet.example.org"},
               {"invite": secure.links["member"].rsplit("/", 1)[1], "name": "Ada"})
    own = json.loads(made[2])["token"]
    bench.expect(made[1]["set-cookie"].startswith("__Host-hallway_0=")
                 and made[1]["set-cookie"].endswith("; HttpOnly; SameSite=Lax; Secure"),
                 f"over https the cookie was {re.sub(own, 'TOKEN', made[1]['set-cookie'])}")
    for name, wanted in (("__Host-hallway_0", 1), ("hallway_0", 0), ("__host-hallway_0", 0)):
        body = ask(secure, "GET", "/api/v1/sessions", {"Cookie": f"{name}={own}"})[2]
        count = len(json.loads(body)["sessions"])
        bench.expect(count == wanted, f"over https {name} gave {count} sessions")
    secure.stop()
    return f"{len(strange) + 3} strange cookies signed nobody in, {len(sound) + 1} sound ones did"


def every_value(path):
    """Every word that a copy of the database holds, in each way in which it could be a token."""
    words = set()
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    if isinstance(value, str):
                        words.add(value)
                    elif isinstance(value, bytes):
                        words.add(value.hex())
                        words.add(base64.urlsafe_b64encode(value).rstrip(b"=").decode())
    with open(path, "rb") as file:
        words.update(found.decode() for found in re.findall(rb"[A-Za-z0-9_-]{16,90}", file.read()))
    return sorted(word for word in words if 8 <= len(word) <= 90 and word.isascii()
                  and word.isprintable() and " " not in word)


def dump(bench):
    """S2: whoever has a copy of the database can sign in as nobody, and knows no invitation."""
    server = bench.server("--limits.joins_per_s=10000", "--limits.joins_burst=100000")
    server.start()
    session = join(server.url, server.links["organiser"], "Ora")
    Client("127.0.0.1", server.port, session).close()
    copy = bench.path("copy.db")
    subprocess.run([bench.options.binary, "admin", "backup", copy, "--data", server.data],
                   capture_output=True, check=True)
    words = every_value(copy)
    event = f"/api/v1/events/{session['event']}"
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)

    def status(path, headers):
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        return answer.status

    bench.expect(status(event, {"Authorization": "Bearer " + session["token"]}) == 200,
                 "the true token does not sign in")
    for word in words:
        bearer = status(event, {"Authorization": "Bearer " + word})
        cookie = status(event + "?as=0", {"Cookie": "hallway_0=" + word, "Origin": server.url})
        invite = status("/api/v1/invites/" + word, {})
        bench.expect(bearer in (401, 400) and cookie in (401, 400) and invite in (404, 400),
                     f"a word of the database was answered {bearer}, {cookie}, {invite}")
    line.close()
    links = [link.rsplit("/", 1)[1] for link in server.links.values()]
    bench.expect(len(words) > 20 and not set(words) & {session["token"], *links},
                 "the copy holds a token as it is")
    server.stop()
    return f"{len(words)} words of a copy of the database, each as bearer, cookie and link: nobody"


def headers(bench):
    """S13: what a browser is told with every answer; pages have no script of their own in them."""
    server = bench.server()
    server.start()
    paths = ["/", "/j/x", "/e/x", "/g/x", "/sso", "/me", "/healthz", "/metrics", "/nothing",
             "/assets/none", "/api/v1/sessions", "/api/v1/me", "/api/v1/sign-in", "/ws", "/%2e%2e/"]
    for path in paths:
        _, fields, body = ask(server, "GET", path)
        policy = fields.get("content-security-policy", "")
        wanted = ("default-src 'self'", "frame-ancestors 'none'", "script-src 'self'")
        bench.expect(all(each in policy for each in wanted) and "unsafe" not in policy,
                     f"{path} has the policy {policy!r}")
        bench.expect(fields.get("x-content-type-options") == "nosniff", f"{path}: no nosniff")
        bench.expect(fields.get("referrer-policy") == "no-referrer", f"{path}: a referrer is told")
        if fields.get_content_type() == "text/html":
            inline = re.findall(rb"<script(?![^>]*\bsrc=)|<style\b|\son\w+=|javascript:", body)
            bench.expect(not inline, f"{path} has {inline[:2]} in it")
    server.stop()
    return f"{len(paths)} answers: policy, nosniff, no referrer; no script inside a page"


def invitations(bench):
    """S14: of a hundred at once on a single-use invitation one comes in; a dead link is dead."""
    server = bench.server("--limits.joins_per_s=10000", "--limits.joins_burst=100000")
    server.start()
    organiser = join(server.url, server.links["organiser"], "Ora")
    base = f"/api/v1/events/{organiser['event']}/invites"
    bearer = {"Authorization": "Bearer " + organiser["token"]}

    def invite(**how):
        return json.loads(ask(server, "POST", base, bearer, {"role": "member", **how})[2])

    def enter(number, token):
        return ask(server, "POST", "/api/v1/sessions", {},
                   {"invite": token, "name": f"Guest {number}"})[0]

    once = invite(uses=1)["invite"]
    bits = len(once) * 6
    with concurrent.futures.ThreadPoolExecutor(100) as crowd:
        statuses = list(crowd.map(lambda number: enter(number, once), range(100)))
    bench.expect(statuses.count(201) == 1 and statuses.count(404) == 99,
                 f"of a hundred at once {statuses.count(201)} came in")
    revoked = invite()
    gone = ask(server, "DELETE", f"{base}/{revoked['id']}", bearer)[0]
    bench.expect(gone == 204 and enter(0, revoked["invite"]) == 404, "a revoked link lets in")
    bench.expect(bits >= 128, f"an invitation has {bits} bits")
    stranger = join(server.url, server.links["moderator"], "Mo")
    forbidden = ask(server, "POST", base, {"Authorization": "Bearer " + stranger["token"]},
                    {"role": "organiser"})[0]
    bench.expect(forbidden == 403, f"a moderator's wish for an organiser's link: {forbidden}")
    server.stop()
    return f"{statuses.count(201)} of 100 at once came in; links of {bits} bits; revoked is dead"


__all__ = ["Closed", "ask", "cookies", "dump", "headers", "invitations", "origins"]
