"""run.py [--seeds N] [--seed S] [--each] [--only WORDS] [--keep] [--jobs N] [-v]: the whole cutover of a tiny city
under faults (docs/decisions/0049-faults.md).

First each step is done without a fault: that counts its calls and gives the state that must come out. Then,
for each seed, one step from the state before it, with one fault at one call. After that:

  - the program ended as it must: with its own exit code and the right state, or with 3, 4 or 5 and a message
    that names the file; never by a signal that was not ours;
  - each file is as before the step or as after it, nothing else stands there but parts of a killed run;
  - `noi verify` finds the registry whole, and so does SQLite;
  - the step again (a merge with --resume) leads to the state that must come out, row for row and byte for
    byte, and nothing half-written is left.

Ends with 1 when any of it does not hold. $NOI is the program, $NOI_FAULTS the library (build/faults/fault.so).
"""
import argparse, collections, filecmp, hashlib, multiprocessing, os, random, re, shutil, signal, sqlite3
import subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import city, pairs

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOI = os.path.abspath(os.environ.get("NOI", os.path.join(TOP, "build/noi")))
LIBRARY = os.path.abspath(os.environ.get("NOI_FAULTS", os.path.join(TOP, "build/faults/fault.so")))
CLOCKS = {"started_at", "ended_at",  # for people; never part of an output
          "last_insert", "last_update", "last_delete", "timestamp"}  # of SpatiaLite's own tables
TIMEOUT_S = 60

# fault: the count that its number goes up to
FAULTS = {"write-error": "write", "write-short": "write", "read-error": "read", "read-short": "read",
          "sync-error": "sync", "name-error": "name", "open-error": "open", "map-error": "map",
          "map-lost": "map",
          "disk-full": "grown", "kill": "change", "kill-torn": "change", "power-cut": "change",
          "cut-at-end": None, "clock-back": "clock"}
HARMLESS = {"write-short", "read-short", "cut-at-end", "clock-back"}  # the step must do its work all the same
LEAVES_PARTS = {"map-lost", "name-error"}  # it ends at once; removing the part may be what fails
DEADLY = {"kill", "kill-torn", "power-cut"}


# ---- a place: a folder with the files, one for each worker --------------------------------------

class Place:
    def __init__(self, root, inputs=None):
        self.root, self.live, self.inputs = root, os.path.join(root, "live"), inputs
        for name in ("live", "in", "tmp", "shadow"):
            os.makedirs(os.path.join(root, name))

    def put(self, state):
        """Makes the place look like a kept state."""
        for name in ("live", "tmp", "shadow"):
            shutil.rmtree(os.path.join(self.root, name))
            os.mkdir(os.path.join(self.root, name))
        shutil.copytree(state, self.live, dirs_exist_ok=True)
        self.restore_inputs()

    def restore_inputs(self):
        if self.inputs:
            shutil.copytree(self.inputs, os.path.join(self.root, "in"), dirs_exist_ok=True)

    def environment(self, fault):
        env = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en", TZ="UTC", TMPDIR=os.path.join(self.root, "tmp"))
        env["SQLITE_TMPDIR"] = env["TMPDIR"]
        if fault is not None:
            env |= {"LD_PRELOAD": LIBRARY, "NOI_FAULT": fault, "NOI_FAULT_UNDER": self.root,
                    "NOI_FAULT_SHADOW": os.path.join(self.root, "shadow"),
                    "NOI_FAULT_REPORT": os.path.join(self.root, "report")}
        return env

    def start(self, argv, fault=None):
        return subprocess.Popen([NOI, *argv], cwd=self.live, env=self.environment(fault), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, argv, fault=None):
        process = self.start(argv, fault)
        try:
            out, err = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return "hangs", out.decode(), err.decode()
        return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def report(self):
        """What the library told: the counts, and whether the fault came."""
        path = os.path.join(self.root, "report")
        if not os.path.exists(path):
            return {}
        with open(path, encoding="ascii") as f:
            told = dict((line.split() + [1])[:2] for line in f)
        os.remove(path)
        return {key: int(value) for key, value in told.items()}


# ---- what a state is --------------------------------------------------------------------------

def files_of(folder):
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(path, name)
            found[os.path.relpath(whole, folder)] = whole
    return found


def is_part(name):
    return bool(re.search(r"\.part\b|-journal$", name))


def is_database(path):
    if is_part(path):
        return False  # it may have a journal that must not be followed
    with open(path, "rb") as f:
        return f.read(16) == b"SQLite format 3\0"


def rows_of(path):
    """{table: Counter of rows}, without the columns that are clocks."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = bytes
    tables = [name.decode() for name, in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")]
    found = {}
    for table in tables:
        columns = [row[1].decode() for row in db.execute(f'PRAGMA table_info("{table}")')]
        kept = ", ".join(f'"{c}"' for c in columns if c not in CLOCKS)
        found[table] = collections.Counter(db.execute(f'SELECT {kept} FROM "{table}"'))
    db.close()
    return found


def digest_of(path):
    if not is_database(path):
        with open(path, "rb") as f:
            return hashlib.sha256(f.read()).hexdigest()
    whole = hashlib.sha256()
    for table, rows in sorted(rows_of(path).items()):
        whole.update(table.encode())
        for row in sorted(map(repr, rows.elements())):
            whole.update(row.encode())
    return whole.hexdigest()


class Kept:
    """A state of the files, kept in a folder."""

    def __init__(self, folder):
        self.folder, self.files = folder, files_of(folder)
        self.digests = {name: digest_of(path) for name, path in self.files.items()}

    def has(self, name, digest):
        return self.digests.get(name) == digest


def differences(want, got):
    """(lost, doubled, texts): rows and files that are missing, and that are there beyond what must be."""
    lost = doubled = 0
    texts = []
    for name in sorted(set(want.digests) | set(got)):
        if name not in got:
            lost, texts = lost + 1, texts + [f"{name} is missing"]
        elif name not in want.digests:
            doubled, texts = doubled + 1, texts + [f"{name} is left over"]
        elif not want.has(name, got[name][1]):
            path = got[name][0]
            if not is_database(path):
                lost, texts = lost + 1, texts + [f"{name} differs"]
                continue
            a, b = rows_of(want.files[name]), rows_of(path)
            for table in sorted(set(a) | set(b)):
                gone, more = (a.get(table, collections.Counter()) - b.get(table, collections.Counter()),
                              b.get(table, collections.Counter()) - a.get(table, collections.Counter()))
                lost, doubled = lost + gone.total(), doubled + more.total()
                for sign, rows in (("-", gone), ("+", more)):
                    texts += [f"{name} {table}: {sign} {row}" for row in list(rows)[:2]]
    return lost, doubled, texts


def state_of(folder):
    return {name: (path, digest_of(path)) for name, path in files_of(folder).items()}


def masked(state, step):
    """Without what is made of random numbers."""
    return {name: value for name, value in state.items() if name not in step.random}


# ---- without a fault -----------------------------------------------------------------------------

class Reference:
    """What each step does when nothing goes wrong: exit code, counts of calls, the state after it."""

    def __init__(self, place, root, say):
        self.steps, self.before, self.after, self.exits, self.counts = city.steps(), [], [], [], []
        self.stays = []  # whether the step again changes nothing
        os.makedirs(root)
        os.mkdir(os.path.join(root, "00"))
        kept = Kept(os.path.join(root, "00"))
        for i, step in enumerate(self.steps):
            place.put(kept.folder)
            code, out, err = place.run(step.argv, "")
            self.counts.append(place.report())
            if not isinstance(code, int) or code not in (0, 1) or err.startswith("noi:"):
                sys.exit(f"faults: '{' '.join(step.argv)}' ends with {code} without any fault:\n{out}{err}")
            if step.group in ("verify", "stage", "merge") and code != 0:
                sys.exit(f"faults: {step.name} does not hold without any fault:\n{out}{err}")
            if step.name == "queue csv":
                city.fill_list(os.path.join(place.live, "queue.csv"), os.path.join(place.root, "in/decided.csv"))
            folder = os.path.join(root, f"{i + 1:02}")
            shutil.copytree(place.live, folder)
            for name in step.random:
                os.remove(os.path.join(folder, name))
            self.before.append(kept)
            kept = Kept(folder)
            self.after.append(kept)
            self.exits.append(code)
            again, _, _ = place.run(step.again)
            same = {n: v[1] for n, v in masked(state_of(place.live), step).items()} == kept.digests
            self.stays.append(same and again in (code, 4))
            say(f"{step.name}: exit {code}, {self.counts[-1]}{'' if same else ', again: changes'}")


# ---- one trial -------------------------------------------------------------------------------------

def most_calls(reference, at, fault):
    """How often a fault can come in a step."""
    if fault == "map-lost" and reference.steps[at].group not in ("import", "convert"):
        return 0  # what a plan loses is lost; of files that are taken in, people have another copy
    return reference.counts[at].get(FAULTS[fault], 0) if FAULTS[fault] else 1


def choose(dice, reference, only):
    """A step, a fault and the call at which it comes."""
    groups = list(dict.fromkeys(step.group for step in reference.steps))
    while True:
        group, fault = dice.choice(groups), dice.choice(list(FAULTS))
        at = dice.choice([i for i, step in enumerate(reference.steps) if step.group == group])
        most = most_calls(reference, at, fault)
        if most and only in f"{fault} {reference.steps[at].name}":
            return at, fault, dice.randrange(most) if fault == "disk-full" else dice.randrange(1, most + 1)


def each(reference, only):
    """Every call at which a fault can come in the steps that are named: seeds that are no numbers."""
    return [f"{at} {fault} {n}" for at, step in enumerate(reference.steps) for fault in FAULTS
            if fault != "disk-full" and only in f"{fault} {step.name}"
            for n in range(1, most_calls(reference, at, fault) + 1)]


class Trial:
    def __init__(self, seed, reference, only=""):
        dice = random.Random(seed)
        self.seed = seed
        if isinstance(seed, str):
            at, self.fault, n = seed.split()
            self.at, self.n = int(at), int(n)
        else:
            self.at, self.fault, self.n = choose(dice, reference, only)
        self.step = reference.steps[self.at]
        argument = dice.choice([3600, 86400 * 400]) if self.fault == "clock-back" else dice.randrange(1 << 32)
        self.told = f"{self.fault}:{self.n}:{argument}"
        self.more_kills = dice.randrange(3) if self.fault in DEADLY else 0
        self.dice = dice
        self.struck = self.clean = self.resumed = False
        self.lost = self.doubled = 0
        self.wrong = []

    def complain(self, text):
        self.wrong.append(text)

    # ---- the parts of it ----

    def check_end(self, code, out, err, reference):
        """How the program ended, against what the fault allows. True: it says that it has done its work."""
        want = reference.exits[self.at]
        if self.fault in DEADLY and code == -signal.SIGKILL:
            return False
        if code == want and not err.startswith("noi:"):
            return True
        if self.fault in HARMLESS:
            self.complain(f"ends with {code}: {err.strip()}")
        elif code not in (3, 4, 5):
            self.complain(f"ends with {code}, not 3, 4 or 5: {out[-200:]} {err.strip()}")
        elif not re.search(r"^noi: .*(\w\.\w+|drawn|in/key|learned|report|notices|checked|standard output)", err, re.M):
            self.complain(f"the message names no file: {err.strip()}")
        elif "no more information" in err or len(err.strip()) < 15:
            self.complain(f"the message gives no reason: {err.strip()}")
        return False

    def check_files(self, place, before, after, was_killed):
        for name, (path, digest) in masked(state_of_parts(place.live), self.step).items():
            if is_part(name):
                if not was_killed and self.fault not in LEAVES_PARTS:
                    self.complain(f"{name} is left behind")
                continue
            if digest is None or before.has(name, digest) or after.has(name, digest):
                continue
            if not name.endswith(".noi"):
                self.complain(f"{name} is neither as before nor as after")

    def check_registry(self, place):
        for name in ("r.noi", "copy.noi"):
            path = os.path.join(place.live, name)
            if not os.path.exists(path):
                continue
            code, out, err = place.run(["verify", name])
            if code != 0 and not (name == "copy.noi" and code == 1):
                self.complain(f"verify of {name} ends with {code}: {out}{err}")
            db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            found = db.execute("PRAGMA integrity_check").fetchall()
            db.close()
            if found != [("ok",)]:
                self.complain(f"{name}: {found[:3]}")

    def repeat(self, place, reference, was_killed):
        """The step again, as a person would; killed up to twice more on the way."""
        after = reference.after[self.at]
        done = self.is_done(place, after)
        if done and not reference.stays[self.at]:
            return
        place.restore_inputs()
        if was_killed or self.fault in LEAVES_PARTS:
            age_parts(place.live)
        for _ in range(self.more_kills if not done else 0):
            n = self.dice.randrange(1, reference.counts[self.at]["change"] + 1)
            place.run(self.step.once_more(place.live), f"kill:{n}")
            place.report()
            age_parts(place.live)
            self.check_registry(place)
            if self.is_done(place, after) and not reference.stays[self.at]:
                return
        code, out, err = place.run(self.step.once_more(place.live))
        if code == reference.exits[self.at] or (code == 4 and done):
            return
        if code == 4 and self.more_kills and self.is_done(place, after):
            return
        self.complain(f"again: ends with {code}: {out[-200:]} {err.strip()}")

    def is_done(self, place, after):
        state = {n: v[1] for n, v in masked(state_of(place.live), self.step).items() if not is_part(n)}
        return state == after.digests and not self.missing_random(place)

    def missing_random(self, place):
        return any(not os.path.exists(os.path.join(place.live, name)) for name in self.step.random)

    def run(self, place, reference):
        before, after = reference.before[self.at], reference.after[self.at]
        place.put(before.folder)
        code, out, err = place.run(self.step.argv, self.told)
        told = place.report()
        self.struck = "struck" in told
        if code == "hangs" or (isinstance(code, int) and code < 0 and not (self.fault in DEADLY and code == -9)):
            self.complain(f"ends with signal {code}: {err}")
        was_killed = code == -signal.SIGKILL or self.fault == "cut-at-end"
        says_done = self.check_end(code, out, err, reference)
        self.check_files(place, before, after, was_killed)
        self.check_registry(place)
        if says_done:
            state = {n: v for n, v in masked(state_of(place.live), self.step).items() if not is_part(n)}
            lost, doubled, texts = differences(after, state)
            if lost or doubled:
                self.complain(f"says that it is done (exit {code}), but: " + "; ".join(texts[:6]))
            if self.missing_random(place):
                self.complain("says that it is done, but a file is missing")
            self.lost, self.doubled = lost, doubled
        self.clean = not self.wrong
        self.repeat(place, reference, was_killed)
        lost, doubled, texts = differences(after, masked(state_of(place.live), self.step))
        if lost or doubled:
            self.complain("in the end: " + "; ".join(texts[:6]))
        if self.missing_random(place):
            self.complain("in the end a file is missing")
        self.resumed = lost == doubled == 0
        self.lost, self.doubled = max(self.lost, lost), max(self.doubled, doubled)


def state_of_parts(folder):
    """As state_of, but what is no whole database yet has no digest."""
    found = {}
    for name, path in files_of(folder).items():
        whole = not is_part(name) and not name.endswith(".noi")
        found[name] = (path, digest_of(path) if whole else None)
    return found


def age_parts(folder):
    """What a killed run left is removed by the next one an hour later: this is that hour."""
    then = time.time() - 7200
    for path, folders, names in os.walk(folder):
        for name in folders + names:
            if is_part(name):
                os.utime(os.path.join(path, name), (then, then))


# ---- all of them -------------------------------------------------------------------------------

_place = _reference = _only = None


def begin_worker(root, inputs, reference, only):
    global _place, _reference, _only
    _place = Place(tempfile.mkdtemp(prefix="worker-", dir=root), inputs)
    _reference, _only = reference, only


def do_trial(seed):
    trial = Trial(seed, _reference, _only)
    try:
        trial.run(_place, _reference)
    except Exception as e:  # a state that cannot even be read
        trial.complain(f"{type(e).__name__}: {e}")
    return (seed, trial.fault, trial.step.group, trial.step.name, trial.told, trial.struck, trial.clean,
            trial.resumed, trial.lost, trial.doubled, trial.wrong)


def do_pair(task):
    pair = pairs.Pair(task, _reference, digest_of)
    try:
        pair.run(_place, _reference)
    except Exception as e:
        pair.wrong.append(f"{type(e).__name__}: {e}")
    return pair.name, pair.wrong


def do_task(task):
    return do_pair(task) if isinstance(task, tuple) else do_trial(task)


def print_tables(done):
    groups = list(dict.fromkeys(step.group for step in city.steps()))
    print(f"{'fault':14}{'tried':>7}{'came':>7}{'clean':>7}{'resumed':>9}{'lost':>6}{'doubled':>9}{'bad':>5}")
    for fault in list(FAULTS) + ["all"]:
        own = [d for d in done if fault in (d[1], "all")]
        print(f"{fault:14}{len(own):7}{sum(d[5] for d in own):7}{sum(d[6] for d in own):7}"
              f"{sum(d[7] for d in own):9}{sum(d[8] for d in own):6}{sum(d[9] for d in own):9}"
              f"{sum(bool(d[10]) for d in own):5}")
    print("\ntrials of each fault in each step (bad ones behind a /)")
    print(" " * 14 + "".join(f"{g[:8]:>9}" for g in groups))
    for fault in FAULTS:
        cells = []
        for group in groups:
            own = [d for d in done if d[1] == fault and d[2] == group]
            bad = sum(bool(d[10]) for d in own)
            cells.append(f"{len(own)}/{bad}" if bad else str(len(own) or "."))
        print(f"{fault:14}" + "".join(f"{c:>9}" for c in cells))


def main():
    parser = argparse.ArgumentParser(prog="faults")
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--seed", type=int, help="only this one")
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--only", default="", help="a word of 'FAULT STEP'")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", action="store_true", help="leave the files where they are")
    parser.add_argument("--each", action="store_true", help="not seeds, but every call: with --only, else for hours")
    parser.add_argument("--every", type=int, default=1, help="of the ways of two processes only every n-th")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    began = time.time()
    memory = "/dev/shm"
    root = tempfile.mkdtemp(prefix="noi-faults-", dir=memory if os.access(memory, os.W_OK) else None)
    place = Place(os.path.join(root, "first"))
    _, version, _ = place.run(["--version"])
    city.write_inputs(os.path.join(place.root, "in"), TOP, version.split()[1])
    for name in ("ha", "bo"):
        place.run(["sign", "--new-key", f"../in/{name}"])
    pairs.write_inputs(os.path.join(place.root, "in"))
    say = print if options.v else (lambda text: None)
    reference = Reference(place, os.path.join(root, "states"), say)
    seeds = [options.seed] if options.seed is not None else range(options.first, options.first + options.seeds)
    if options.each:
        seeds = each(reference, options.only)
    twos = [t for t in pairs.tasks() if options.only in "pairs"][::options.every]
    if options.seed is not None or options.each:
        twos = []
    done, bad = [], 0
    with multiprocessing.Pool(1 if options.seed is not None else options.jobs, begin_worker,
                              (root, os.path.join(place.root, "in"), reference, options.only)) as pool:
        for d in pool.imap_unordered(do_task, list(seeds) + twos):
            if len(d) == 2:
                bad += bool(d[1])
                if options.v or d[1]:
                    print(f"{d[0]}: {'ok' if not d[1] else ''}" + "".join(f"\n    {w}" for w in d[1]), flush=True)
                continue
            done.append(d)
            if options.v or d[10]:
                print(f"seed {d[0]}: {d[3]}, {d[4]}: {'ok' if not d[10] else ''}" + "".join(
                    f"\n    {w}" for w in d[10]), flush=True)

    print_tables(done)
    print(f"\ntwo processes: {len(twos)} ways tried, {bad} bad")
    bad += sum(bool(d[10]) for d in done)
    print(f"\n{len(done)} seeds, {bad} bad, {time.time() - began:.0f} s")
    if options.keep:
        print("files in", root)
    else:
        shutil.rmtree(root)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
