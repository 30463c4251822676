#!/usr/bin/env python3
"""addresses.py N OUT.csv: N realistic old addresses of the city: streets with the wards of their
districts, house numbers with alleys, full and shortened kinds. Always the same ones."""
import csv
import random
import sys

random.seed(5)
units = [u for u in csv.DictReader(open("data/units_old.csv", encoding="utf-8")) if u["kind"] != "huyện"]
wards = {}
for u in units:
    wards.setdefault(u["district_code"], []).append(u)
streets = [s for s in csv.DictReader(open("data/streets.csv", encoding="utf-8")) if s["district_code"] in wards]
short = {"phường": "P.", "xã": "X.", "thị trấn": "TT."}
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("id,address\n")
    for i in range(int(sys.argv[1])):
        street = random.choice(streets)
        u = random.choice(wards[street["district_code"]])
        house = str(random.randint(1, 900)) + ("/%d" % random.randint(1, 90) if random.random() < 0.4 else "")
        ward = u["kind"].capitalize() + " " + u["name"] if random.random() < 0.6 else short[u["kind"]] + u["name"]
        city = random.choice(["TP.HCM", u["province_name"], ""])
        district = u["district_kind"] + " " + u["district_name"]
        out.write('%d,"%s %s, %s, %s, %s"\n' % (i, house, street["street"], ward, district, city))
