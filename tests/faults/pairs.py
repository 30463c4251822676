"""pairs.py: two processes at one registry, for tests/faults/run.py.

Held: the first is stopped at one of its changes, the second runs to its end, the first goes on. Who writes
must then end with 4 and say that the registry is being written; who only reads may see the last commit. Race:
both start at once. In the end the registry is what the two give one after the other, in some order."""
import os, random, signal, time

MORE = ["import", "r.noi", "addresses", "../in/more.csv", "--as-of", "2025-06-30"]
UNDO = ["undo", "r.noi", "--source", "cases.csv", "--reason", "sent twice"]

# the step before which both begin (the first does it), and what the second does
PAIRS = [
    ("merge", None), ("merge", MORE), ("merge", UNDO), ("merge", ["learn", "r.noi"]),
    ("merge", ["verify", "r.noi"]), ("merge", ["plan", "r.noi", "-o", "other.plan"]),
    ("merge", ["validate", "r.noi"]), ("merge", ["redact", "r.noi", "-o", "copy.noi", "--key", "../in/key"]),
    ("second merge", UNDO), ("second merge", ["queue", "r.noi", "-o", "list.csv"]),
    ("second merge", ["report", "r.noi", "-o", "report"]),
    ("undo", None), ("undo", MORE), ("import addresses", None), ("import addresses", MORE),
    ("redact", MORE), ("decide list", None), ("init", None),
    # two at one output: each writes a part of its own, the one that ends last stands
    ("plan", None), ("queue csv", None), ("queue xlsx", None), ("notices", None), ("report", None), ("redact", None),
    ("convert", None), ("repair", None),
    ("sign the plan", ["sign", "second.plan", "--key", "../in/bo.key"]), ("trust", None), ("frozen", None),
    ("frozen", MORE), ("new key", None),
]
READS = {"verify", "plan", "queue", "report", "notices", "convert", "repair"}  # wait for nobody
FREE = {"new key", "init", "redact", "plan", "queue csv", "queue xlsx", "notices", "report", "convert", "repair"}


def write_inputs(folder):
    with open(os.path.join(folder, "more.csv"), "w", encoding="utf-8") as f:
        f.write("id,text,old_code\n" + "".join(
            f'X{i},"{i} Lê Lai, Phường Hòa Bình, Quận 2",20020\n' for i in range(1, 301)))


def tasks():
    """(pair, way): the first held early, in the middle and late; and races."""
    return [(i, way) for i in range(len(PAIRS)) for way in ("early", "middle", "late", "race")]


class Pair:
    def __init__(self, task, reference, digest_of):
        self.first_name, second = PAIRS[task[0]]
        self.way, self.digest_of = task[1], digest_of
        self.at = next(i for i, s in enumerate(reference.steps) if s.name == self.first_name)
        self.first = reference.steps[self.at].argv
        self.second = second or self.first
        self.random = reference.steps[self.at].random
        self.changes = reference.counts[self.at]["change"]
        self.wrong = []
        self.name = f"{self.first_name} beside {' '.join(self.second[:3])}, {self.way}"

    def state(self, place):
        paths = [os.path.join(place.live, name) for name in ("r.noi", "second.plan.sig")]
        return [self.digest_of(path) if os.path.exists(path) else None for path in paths]

    def one_after_the_other(self, place, reference):
        """(states after one of the two, states after both): what may come of it."""
        one, both = [], []
        for order in ((self.first, self.second), (self.second, self.first)):
            place.put(reference.before[self.at].folder)
            for argv, found in zip(order, (one, both)):
                place.run(argv)
                found.append(self.state(place))
        return one, both

    def start_held(self, place):
        n = {"early": 1, "middle": (self.changes + 1) // 2, "late": self.changes}[self.way]
        first = place.start(self.first, f"stop:{n}:0")
        _, status = os.waitpid(first.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            self.wrong.append(f"the first was not held at {n} of {self.changes}")
        return first

    def complain_of(self, who, code, err):
        if code in (0, 1) and not err.startswith("noi:"):
            return
        if code != 4 or not err.startswith("noi: ") or "hint: " not in err:
            self.wrong.append(f"the {who} ends with {code}: {err.strip()}")

    def run_both(self, place):
        if self.way == "race":
            first = place.start(self.first)
            time.sleep(random.Random(self.name).random() * 0.08)
            code, _, err = place.run(self.second)
        else:
            first = self.start_held(place)
            code, _, err = place.run(self.second)
            os.kill(first.pid, signal.SIGCONT)
        _, first_err = first.communicate(timeout=60)
        return first.returncode, first_err.decode("utf-8", "replace"), code, err

    def run(self, place, reference):
        one, both = self.one_after_the_other(place, reference)
        place.put(reference.before[self.at].folder)
        first_code, first_err, code, err = self.run_both(place)
        place.report()
        self.complain_of("first", first_code, first_err)
        self.complain_of("second", code, err)
        held = self.way != "race" and self.first_name not in FREE
        if held and first_code not in (0, 1):
            self.wrong.append(f"the first, who was there before, ends with {first_code}: {first_err.strip()}")
        if held and code != 4 and self.second[0] not in READS:
            self.wrong.append(f"the second wrote beside the first and ended with {code}")
        refused = 4 in (first_code, code)
        self.check(place, one if refused else both, "both")
        for argv, was in ((self.first, first_code), (self.second, code)):
            if was == 4:
                place.run(argv)
        self.check(place, both, "who was refused came again")
        if self.second is self.first:
            self.check_files(place, reference.after[self.at])
        left = [name for name in os.listdir(place.live) if ".part" in name or name.endswith("-journal")]
        if left:
            self.wrong.append(f"left behind: {left}")
        if os.path.exists(os.path.join(place.live, "r.noi")):
            code, out, err = place.run(["verify", "r.noi"])
            if code != 0:
                self.wrong.append(f"verify ends with {code}: {out}{err}")

    def check_files(self, place, after):
        for name, digest in after.digests.items():
            path = os.path.join(place.live, name)
            if name != "r.noi" and name not in self.random and not (os.path.exists(path) and self.digest_of(path) == digest):
                self.wrong.append(f"{name} is not what one alone writes")

    def check(self, place, may_be, when):
        if self.state(place) not in may_be:
            self.wrong.append(f"after {when} the registry is not what the two give in either order")
