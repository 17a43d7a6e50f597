"""What is measured: the scenarios of the load client, with what each is given, where it runs and
how many rounds it is worth."""

import dataclasses

REFERENCES = ["floor_direct", "floor_batched", "beast_each", "beast_batched"]


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    load: str  # the subcommand of hallway-load
    arguments: tuple
    places: tuple
    rounds: int
    about_s: int  # how long one run takes, for telling how long all of it will
    tls: bool = False

# At full speed a room holds as many messages as it can after three seconds, warming up included.
BRIEF = "--seconds 1"


def scenario(name, load, arguments, places, rounds, about_s, tls=False):
    return Scenario(name, load, tuple(arguments.split()), tuple(places), rounds, about_s, tls)


def full(options):
    """Everything there is a goal for. `ours` is Hallway, in each kind of durability it has."""
    ours, short = options.ours, options.short
    both, seconds = ["floor_batched", *ours], f"--seconds {2 if short else 3}"
    room = "1000" if short else "10000"
    few, many = "1000", "1000" if short else "5000"
    one, three = 1, 1 if short else min(3, options.rounds)
    five = 1 if short else options.rounds
    default = [options.default]
    crowd = f"--people {room} {seconds}"
    brief = BRIEF
    return [
        scenario("fanout_1000_w3", "fanout", f"--people {few} --window 3 {brief}", both, five, 6),
        scenario("fanout_1000_w8", "fanout", f"--people {few} --window 8 {brief}", both, five, 6),
        scenario("tables_100x10_w1", "tables", f"--window 1 {seconds}", both, five, 6),
        scenario("tables_100x10_w4", "tables", f"--window 4 {seconds}", both, five, 6),
        scenario("crowd_10", "crowd", f"--rate 10 {crowd}", ["floor_direct", *ours], three, 14),
        scenario("crowd_200", "crowd", f"--rate 200 {crowd}", ours, three, 14),
        scenario("room_5000", "fanout", f"--people {many} --rate 20 {seconds}",
                 ["floor_direct", *default], three, 9),
        scenario("lone", "tables", f"--tables 100 --seats 1 --window 1 {seconds}", both, three, 5),
        scenario("idle", "idle", f"--people {many} --seconds 2",
                 ["floor_batched", "beast_batched", *default], one, 10),
        scenario("idle_tls", "idle", f"--people {many} --seconds 2", default, one, 14, tls=True),
        scenario("join", "join", f"--people {room}", default, three, 9),
        scenario("storm", "storm", f"--people {room}", default, one, 30),
        scenario("round_1000", "round", f"--people {few}", default, one, 15),
        scenario("preview_300", "preview", f"--people 300 --turns {1 if short else 2}", default, one,
                 16),
        scenario("preview_1000", "preview", f"--people {few} --turns {1 if short else 2}", default,
                 one, 18),
    ]


def comparison(options):
    """Hallway beside the references and beside itself as it was."""
    places = [*REFERENCES, "hallway_old", *options.ours]
    seconds, brief = f"--seconds {1 if options.short else 2}", BRIEF
    room = "1000" if options.short else "10000"
    three = 1 if options.short else min(3, options.rounds)
    return [
        scenario("fanout_1000_w3", "fanout", f"--people 1000 --window 3 {brief}", places, three, 5),
        scenario("fanout_1000_w8", "fanout", f"--people 1000 --window 8 {brief}", places, three, 5),
        scenario("tables_100x10_w1", "tables", f"--window 1 {seconds}", places, three, 5),
        scenario("tables_100x10_w4", "tables", f"--window 4 {seconds}", places, three, 5),
        scenario("idle", "idle", f"--people {1000 if options.short else 5000} --seconds 1", places,
                 1, 7),
        scenario("crowd_10", "crowd", f"--rate 10 --people {room} {seconds}", places, 1, 12),
        scenario("join", "join", f"--people {room}", places, 1, 9),
    ]
