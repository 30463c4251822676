"""city.py: a tiny city and its whole cutover, step by step, for tests/faults/run.py. All is made up; the
same files each time."""
import json, os, random

OLD = """code,kind,name,district_code,district_kind,district_name,province_code,province_name
20001,phường,1,701,quận,1,79,Thành phố Hồ Chí Minh
20010,phường,Tân Lập,701,quận,1,79,Thành phố Hồ Chí Minh
20020,phường,Hòa Bình,702,quận,2,79,Thành phố Hồ Chí Minh
"""
NEW = """code,kind,name,province_code,province_name
20013,phường,Bến Sông,79,Thành phố Hồ Chí Minh
20016,phường,Bờ Kè,79,Thành phố Hồ Chí Minh
"""
WALK = """old_code,new_code,part,scope,resolution,clause
20001,20013,whole,all,1/NQ,1
20010,20013,part,area+population,1/NQ,1
20010,20016,remainder,area+population,1/NQ,2
20020,20016,whole,all,1/NQ,2
"""
PROCEDURES = """code,name,place,level_before,level_after,rules,source
1.004193,Đính chính giấy chứng nhận,thửa đất,quận,VPĐKĐĐ,R8,QĐ 1
1.001612,Đăng ký hộ kinh doanh,trụ sở,huyện,xã,R10,QĐ 1
1.000894,Đăng ký kết hôn,,xã,xã,R12,QĐ 1
"""
OFFICES = "old_id,new_id,unit_code,name\n000.02.02.H29,H29.12,20020,UBND phường Hòa Bình\n"
RULES = "old_code,new_code,street,side,source\n20010,20013,Hai Bà Trưng,lẻ,Biên bản 12\n"
OFFICERS = "unit,kind,officer\n20010,,An\n20010,,Bình\n,,Chi\n"
WARDS = {"20001": "Phường 1, Quận 1", "20010": "Phường Tân Lập, Quận 1", "20020": "Phường Hòa Bình, Quận 2"}
WEST = {"20001": 106.60, "20010": 106.62, "20020": 106.66}
EDGE = 106.64  # within 20010: west of it lies 20013


def box(code, name, west, east):
    ring = [[west, 10.70], [east, 10.70], [east, 10.74], [west, 10.74], [west, 10.70]]
    return {"type": "Feature", "properties": {"code": code, "name": name, "kind": "phường"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


def addresses(dice):
    rows = ["id,text,old_code,lon,lat,error_m"]
    for i in range(1, 701):
        code = dice.choice(list(WARDS))
        street = dice.choice(["Lê Lợi", "Trần Phú", "Hùng Vương", "Nguyễn Trãi"])
        number = dice.randrange(1, 200)
        west = WEST[code]
        if code == "20010":
            west += 0.02 * (number % 2 if street == "Lê Lợi" else dice.randrange(2))
        lon, lat = west + 0.001 + 0.018 * dice.random(), 10.701 + 0.038 * dice.random()
        point = f"{lon:.6f},{lat:.6f},10" if dice.random() < 0.6 else ",,"
        text = f'"{number} {street}, {WARDS[code]}"' if dice.random() < 0.95 else "không rõ"
        rows.append(f"A{i},{text},{code if dice.random() < 0.7 else ''},{point}")
    rows.append("A1,again,,,,")  # rejected
    return rows


def records(dice):
    files = {"addresses.csv": addresses(dice)}
    pick = lambda letter, n: f"{letter}{dice.randrange(1, n + 1)}"
    code = lambda: dice.choice(list(WARDS))
    files["households.csv"] = ["id,address_id,residence_file"] + [
        f"N{i},A{i},{i % 40}" for i in range(1, 201)]
    files["late.csv"] = files["households.csv"][:1] + [
        f"N{i},A{i + 7},{i % 40}" for i in range(1, 81)] + [f"N{i},A{i},{i % 40}" for i in range(81, 231)]
    files["members.csv"] = ["id,household_id,is_head,address_id"] + [
        f"M{i},N{(i + 1) // 2},{i % 2},{pick('A', 700) if i % 9 == 0 else ''}" for i in range(1, 401)]
    files["parcels.csv"] = ["id,old_code,sheet,number,lon,lat"] + [
        f"T{i},{c},{i % 9 + 1},{i},{WEST[c] + 0.01:.6f},10.72" for i in range(1, 121) for c in [code()]]
    files["cases.csv"] = [
        "id,procedure_code,received_on,due_on,status,intake_unit,handling_unit,text,parcel_id,household_id"] + [
        f"D{i},{dice.choice(['1.004193', '1.001612', '1.000894', '1.888888'])},2025-06-{i % 28 + 1:02},"
        f"2025-07-{i % 28 + 1:02},{dice.randrange(1, 10)},{code()},{code()},"
        f"{'' if i % 5 else chr(34) + str(i) + ' Lê Lợi, ' + WARDS[code()] + chr(34)},{pick('T', 120)},{pick('N', 200)}"
        for i in range(1, 181)]
    files["reports.csv"] = ["id,text,lon,lat,received_on"] + [
        f'B{i},"ổ gà số {i}",{106.601 + i * 0.003:.6f},10.71,2025-06-20' for i in range(1, 21)]
    files["documents.csv"] = ["id,handling_unit,received_on"] + [f"V{i},{code()},2025-06-21" for i in range(1, 11)]
    files["accounts.csv"] = ["id,handling_unit,roles"] + [f"K{i},{code()},văn thư" for i in range(1, 6)]
    files["case-aliases.csv"] = ["alias,id"] + [f"OLD-{i},D{i}" for i in range(1, 31)]
    return {name: "\n".join(rows) + "\n" for name, rows in files.items()}


def write_inputs(folder, top, version):
    files = records(random.Random(1685))
    files["card.json"] = f'{{"version":"{version}","lost":0,"traps":[{{"id":"plain","n":7,"wrong":0}}]}}'
    files |= {"old.csv": OLD, "new.csv": NEW, "walk.csv": WALK, "procedures.csv": PROCEDURES,
              "offices.csv": OFFICES, "split-rules.csv": RULES, "officers.csv": OFFICERS, "key": "5a" * 32 + "\n"}
    layer = {"type": "FeatureCollection", "features": [box("20013", "Bến Sông", 106.60, EDGE),
                                                       box("20016", "Bờ Kè", EDGE, 106.68)]}
    files["layer.geojson"] = json.dumps(layer, ensure_ascii=False)
    layer["features"][1] = box("20016", "Bờ Kè", EDGE - 0.0005, 106.68)  # overlaps its neighbour
    files["drawn.geojson"] = json.dumps(layer, ensure_ascii=False)
    files["points.csv"] = "id,lon,lat\n" + "".join(f"P{i},{106.601 + i * 0.0007:.6f},10.72\n" for i in range(100))
    files["portal.csv"] = files["cases.csv"].replace("D7,", "D1007,").replace("1.000894", "1.004193")
    with open(os.path.join(top, "data/case_rules.csv"), encoding="utf-8") as f:
        files["case-rules.csv"] = f.read()
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)


def fill_list(queue, out):
    """What people put into the list of the queue: for every third split address its first candidate."""
    import csv
    with open(queue, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    for i, row in enumerate(r for r in rows if r["kind"] == "address" and "200" in r["candidates"]):
        if i % 3 == 0:
            row["decision"], row["why"] = row["candidates"].split()[0], "visited"
    with open(out, "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, rows[0].keys())
        w.writeheader()
        w.writerows(rows)


class Step:
    """One command of the cutover. `again` is what a person runs after it was interrupted; `given` is the
    same where a file that it made by then is there: (file, arguments). `random` names files that are made of
    random numbers."""

    def __init__(self, group, name, *argv, again=None, given=None, random=()):
        self.group, self.name, self.argv, self.random = group, name, list(argv), set(random)
        self.again, self.given = again or self.argv, given

    def once_more(self, folder):
        there = self.given and os.path.exists(os.path.join(folder, self.given[0]))
        return self.given[1] if there else self.again


def imported(kind, *more, file=None):
    return Step("import", f"import {kind}", "import", "r.noi", kind, f"../in/{file or kind + '.csv'}", *more)


def merge(name, plan):
    argv = ["merge", "r.noi", "--plan", plan, "--checkpoint", "300", "--threads", "2"]
    return Step("merge", name, *argv, again=argv + ["--resume"])


def steps():
    change = ["sign", "r.noi", "--trust", "../in/bo.pub", "--reason", "deputy", "--change", "change"]
    eve, day = ("--as-of", "2025-06-30"), ("--as-of", "2025-07-01")
    return [
        Step("init", "init", "init", "r.noi"),
        imported("units", *eve, file="old.csv"),
        imported("units", *day, file="new.csv"),
        imported("crosswalk", *day, file="walk.csv"),
        imported("layer", *day, file="layer.geojson"),
        imported("addresses", *eve, "--reject", "addresses.rejects.csv"),
        imported("households", *eve), imported("members", *eve), imported("parcels", *eve),
        imported("cases", *eve), imported("reports", *eve), imported("documents", *eve),
        imported("accounts", *eve), imported("case-aliases"), imported("case-rules"),
        imported("procedures"), imported("offices"), imported("split-rules"),
        Step("learn", "learn", "learn", "r.noi", "--report", "learned"),
        Step("plan", "plan", "plan", "r.noi", "-o", "first.plan"),
        merge("merge", "first.plan"),
        Step("validate", "validate", "validate", "r.noi"),
        Step("stage", "rehearsed", "stage", "r.noi", "rehearsed", "--evidence", "../in/card.json"),
        Step("queue", "queue officers", "queue", "r.noi", "--assign", "../in/officers.csv"),
        Step("queue", "queue csv", "queue", "r.noi", "-o", "queue.csv"),
        Step("queue", "queue xlsx", "queue", "r.noi", "-o", "queue.xlsx"),
        Step("decide", "decide list", "decide", "r.noi", "../in/decided.csv", "--by", "Chi", "--on", "2025-07-02",
             "--reject", "decided.rejects.csv"),
        Step("decide", "decide one", "decide", "r.noi", "address:A1", "20013", "--by", "Chi", "--why", "visited",
             "--on", "2025-07-02"),
        Step("concordance", "parcels", "concordance", "r.noi", "parcels", "-o", "parcels.csv"),
        Step("concordance", "residence files", "concordance", "r.noi", "residence-files", "-o", "files.csv"),
        Step("concordance", "streets", "concordance", "r.noi", "streets", "-o", "streets.csv"),
        Step("sign", "new key", "sign", "--new-key", "mine", random=("mine.key", "mine.pub")),
        Step("sign", "trust", "sign", "r.noi", "--trust", "../in/ha.pub", "--reason", "chief"),
        Step("sign", "ask for a change", *change),
        Step("sign", "sign the change", "sign", "change", "--key", "../in/ha.key"),
        Step("sign", "trust another", *change),
        Step("import", "catch up", "import", "r.noi", "households", "../in/late.csv", *eve, "--catch-up",
             "--changed-on", "2025-06-29", "--reject", "late.rejects.csv"),
        Step("queue", "what is pending", "catch-up", "r.noi"),
        Step("plan", "second plan", "plan", "r.noi", "-o", "second.plan"),
        Step("sign", "sign the plan", "sign", "second.plan", "--key", "../in/ha.key"),
        Step("sign", "sign it too", "sign", "second.plan", "--key", "../in/bo.key"),
        merge("second merge", "second.plan"),
        Step("undo", "undo", "undo", "r.noi", "--old-unit", "20010", "--reason", "border disputed"),
        Step("notices", "notices before", "notices", "r.noi", "-o", "notices"),
        Step("report", "report before", "report", "r.noi", "-o", "report"),
        Step("undo", "undo a source", "undo", "r.noi", "--source", "cases.csv", "--reason", "sent twice"),
        Step("notices", "notices", "notices", "r.noi", "-o", "notices"),
        Step("report", "report", "report", "r.noi", "-o", "report"),
        Step("queue", "queue csv again", "queue", "r.noi", "-o", "queue.csv"),
        Step("plan", "third plan", "plan", "r.noi", "-o", "third.plan"),
        Step("sign", "sign the third", "sign", "third.plan", "--key", "../in/ha.key"),
        merge("third merge", "third.plan"),
        Step("validate", "validate again", "validate", "r.noi"),
        Step("stage", "frozen", "stage", "r.noi", "frozen", "--limit", "1000"),
        Step("stage", "back", "stage", "r.noi", "rehearsed", "--reason", "a late file"),
        Step("redact", "redact", "redact", "r.noi", "-o", "copy.noi", "--key", "../in/key"),
        Step("redact", "redact, new key", "redact", "r.noi", "-o", "other.noi", "--new-key", "other.key",
             given=("other.key", ["redact", "r.noi", "-o", "other.noi", "--key", "other.key"]),
             random=("other.noi", "other.key")),
        Step("convert", "convert", "convert", "../in/addresses.csv", "-o", "converted.csv", "--column", "text"),
        Step("maps", "check", "check", "../in/drawn.geojson", "--report", "checked", "--defects", "defects.gpkg"),
        Step("maps", "repair", "repair", "../in/drawn.geojson", "-o", "repaired.gpkg", "--accept", "L07", "--accept",
             "L08", "--table", "areas.csv"),
        Step("maps", "locate", "locate", "--layer", "../in/layer.geojson", "../in/points.csv", "-o", "located.csv"),
        Step("compare", "compare", "compare", "../in/cases.csv", "../in/portal.csv", "--key", "id", "--map", "status", "--map", "intake_unit:code",
             "--unit", "intake_unit", "--table", "table.csv", "-o", "differences.csv"),
        Step("verify", "verify", "verify", "r.noi"),
        Step("verify", "reconcile", "reconcile", "r.noi"),
    ]
