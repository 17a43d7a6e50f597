"""A whole client: python3 client.py LINK NAME [WORDS…]. Says the words in its room, prints what it hears."""
import asyncio, itertools, json, sys, urllib.request, uuid
import websockets  # Debian: python3-websockets

def join(server, invite, name):
    body = json.dumps({"invite": invite, "name": name}).encode()
    request = urllib.request.Request(server + "/api/v1/sessions", body, {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))

async def live(socket, session, held, names, unsent):
    def command(number, name, d): return socket.send(json.dumps({"id": number, "cmd": name, "d": d}))
    numbers, heard = itertools.count(100), []  # a command's number only ever rises
    await command(1, "hello", {"token": session["token"], "event": session["event"], "resume": held,
                               "client": {"name": "forty-lines", "version": "1"}})
    async for frame in socket:
        for thing in map(json.loads, frame.split("\n")):  # one object or several in a frame
            push, stream, data = thing.get("push"), thing.get("stream"), thing.get("data")
            if "err" in thing: sys.exit(thing["err"]["message"])
            elif thing.get("id") == 1:
                for lost in thing["ok"]["reset"]: held.pop(lost, None)
                for talk in thing["ok"]["conversations"]:
                    held.setdefault("conversation:" + talk["id"], {key: talk[key] for key in ("epoch", "offset")})
                room = "room:" + thing["ok"]["place"]["room"]
                for number, (nonce, words) in unsent.items():  # the same nonce: said once, however often sent
                    await command(number, "message.send", {"stream": room, "nonce": nonce, "body": words})
            elif "ok" in thing: unsent.pop(thing["id"], None)
            elif "ping" in thing: await socket.send(json.dumps({"pong": thing["ping"]}))
            elif push == "stream.opened": held[stream] = {key: data[key] for key in ("epoch", "offset")}
            elif push == "stream.closed": held.pop(stream)
            elif "offset" in thing: held[stream]["offset"] = thing["offset"]  # of every push, known or not
            known = [(thing.get("ok") or {}).get("people"), (data or {}).get("joined"), ((data or {}).get("state") or {}).get("people")]
            names.update((person["id"], person["name"]) for people in known for person in people or [])
            if push == "message.posted":
                heard.append((thing["by"], data["body"]))
                if thing["by"] not in names: await command(next(numbers), "person.get", {"people": [thing["by"]]})
            while heard and heard[0][0] in names: print("{}: {}".format(names[heard[0][0]], heard.pop(0)[1]), flush=True)

async def main(link, name, *words):
    server, invite = link.split("/j/")
    session, held, names = join(server, invite, name), {}, {}
    unsent = {number: (uuid.uuid4().hex, each) for number, each in enumerate(words, 2)}
    while True:  # whatever ended the connection, come back to where we were
        try:
            async with websockets.connect("ws" + server[4:] + "/ws", subprotocols=["hallway.v1"]) as socket:
                await live(socket, session, held, names, unsent)
                if 4000 <= socket.close_code < 4100: sys.exit(f"closed for good: {socket.close_code}")
        except (OSError, websockets.WebSocketException): pass
        await asyncio.sleep(0.5)

asyncio.run(main(*sys.argv[1:]))
