/* commands.c: the table of commands, in the order in which a migration goes. */
#include "cli/cli.h"

#include "base/i18n.h"

const cli_command cli_commands[] = {
    {"rehearse", cli_run_rehearse, N_("make a synthetic city and run the whole way through it"),
     "noi rehearse [--seed N] [--size small|district|city] [--out DIR] [--json]\n"
     "    [--generate-only]",
     N_("Makes a city from a seed: the real units and the real law, with borders, people\n"
        "and open cases that are made up, and traps among them whose answers are known.\n"
        "Then goes the whole way: init, import, plan, merge, validate, report. Ends with\n"
        "the account and a scorecard for each trap.\n"
        "\n"
        "  --seed N         another city; the same seed gives the same files (1685)\n"
        "  --size SIZE      small: 50,000 addresses; district: 1 million; city: 10 million\n"
        "                   addresses, 4 million households, 8 million cases (small)\n"
        "  --out DIR        where it goes (rehearsal-city). A former rehearsal there is\n"
        "                   replaced; a folder with anything else is left alone\n"
        "  --json           the scorecard for machines\n"
        "  --generate-only  make the files and stop\n"
        "\n"
        "Exit code 0 when nothing was assigned wrongly and the account adds up, else 1.")},
    {"init", cli_run_init, N_("make an empty registry"), "noi init REGISTRY",
     N_("The registry is one SQLite/SpatiaLite file that QGIS opens. Only its owner may read it.\n"
        "A file that is there already is never overwritten (exit 4).")},
    {"import", cli_run_import, N_("take a file into the registry"),
     "noi import REGISTRY KIND FILE... [--as-of DAY] [--encoding auto|utf8|tcvn3|vni|cp1258]\n"
     "    [--crs auto|EPSG:n] [--map FIELD=COLUMN]... [--reject FILE] [--layer NAME]\n"
     "    [--error M] [--error-of GEOCODER=M]... [--synthetic] [--json]",
     N_("KIND is units, aliases, district-aliases, crosswalk, decree, layer, addresses,\n"
        "households, members, parcels, cases or split-rules. CSV, XLSX, ODS, GeoPackage, SQLite and DBF are\n"
        "read; layers also as Shapefile, GeoJSON, KML and MapInfo TAB.\n\n"
        "--as-of DAY     the day whose codes the file uses; units, layer and crosswalk need it\n"
        "--encoding KEY  auto, utf8, utf16le, utf16be, tcvn3, vni or cp1258; auto tells by itself\n"
        "--crs EPSG:n    the system of the columns x and y, or of a layer that names none\n"
        "--map F=C       field F stands in column C\n"
        "--error M       metres that the points may be off where their row does not say: the\n"
        "                radius that holds the true place in 95 of 100 cases (50)\n"
        "--error-of G=M  the same for rows whose column geocoder says G; goes before --error\n"
        "--reject FILE   where rejected rows go (usually FILE.rejects.csv)\n"
        "--layer NAME    the layer or sheet of a file that has several\n"
        "--synthetic     the borders of the layer are made up\n\n"
        "Each file is stored whole or not at all; the same file again changes nothing.\n"
        "Exit codes: 0 all rows stored, 1 some rejected, 3 a file cannot be used, 4 conflict.")},
    {"crosswalk", cli_run_crosswalk, N_("turn a resolution into edges, with the proof"),
     "noi crosswalk --decree FILE --units FILE [--new-units FILE] [--json|--csv]",
     N_("Reads the clauses of one or more resolutions (--decree may be repeated), executes them "
        "in\n"
        "order on the old units, and proves that each old unit is consumed exactly once and each\n"
        "new unit made exactly once. Both lists may hold the whole country: the old provinces are\n"
        "found from the units that the clauses name, the new units by the resolution's number.\n"
        "\n"
        "  --decree FILE     the text of a resolution, UTF-8, plain or Markdown\n"
        "  --units FILE      CSV of the old units: code, kind, name, district_code, "
        "district_kind,\n"
        "                    district_name, province_code, province_name\n"
        "  --new-units FILE  CSV of the new units: code, kind, name, province_code, "
        "province_name,\n"
        "                    resolution; without it new units are known by name only\n"
        "  --csv             the edges: old_code,new_code,part,scope,resolution,clause\n"
        "  --json            edges, findings and the account of the proof\n"
        "\n"
        "Ends with 0 when all is proved; 1 when findings spoil a proof (the edges are printed all\n"
        "the same); 3 when a clause or a file cannot be read.")},
    {"learn", cli_run_learn, N_("learn where the parts of split wards went, from addresses with a point"),
     "noi learn REGISTRY [--min-support N] [--min-purity P] [--report DIR] [--dry-run] [--json]",
     N_("From addresses whose point lies clear of the new borders: which street, side of a street,\n"
        "house numbers, alley or hamlet of a split ward lies in which new unit. Four fifths of them\n"
        "teach, one fifth only tests; a rule that fails there, or may be chance, is listed and not\n"
        "used. The rules take the place of those learned before; imported rules stay as they are.\n"
        "They decide from the next 'noi plan' on.\n\n"
        "--min-support N  addresses that a rule needs (5)\n"
        "--min-purity P   share of them that lies in its unit, 0.98 to 1 (1)\n"
        "--report DIR     the evidence of each rule on a map, as pages of HTML\n"
        "--dry-run        tell, and write nothing into the registry\n"
        "--json           the same for machines\n\n"
        "Exit codes: 0 done, 1 imported rules contradict points, 3 no layer of the new units.")},
    {"plan", cli_run_plan, N_("dry run: compile the plan and tell what will happen"),
     "noi plan REGISTRY -o PLAN [--on DAY] [--json]",
     N_("Compiles units, crosswalk, names and borders of the registry into one file, judges every\n"
        "record by it without writing anything, and shows the account. The plan's hash is what\n"
        "people sign; the same registry always gives the same plan.\n\n"
        "-o PLAN   the file to write; it is there whole or not at all\n"
        "--on DAY  the first day of the new units (the newest change in the registry)\n"
        "--json    the same for machines\n\n"
        "Exit codes: 0 the plan is written, 3 the registry lacks units or a crosswalk.")},
    {"merge", cli_run_merge, N_("give every record its verdict"),
     "noi merge REGISTRY --plan PLAN [--resume] [--dry-run] [--threads N] [--json]",
     N_("Every address, household, parcel and case gets exactly one verdict: assigned, ambiguous\n"
        "or unplaced. Earlier verdicts are replaced. The result does not depend on the number of\n"
        "threads; a merge that was killed goes on with --resume and ends with the same "
        "verdicts.\n\n"
        "--plan PLAN  made by 'noi plan' from what the registry holds now; another is refused\n"
        "--resume     go on with a merge by this plan that did not end; begins when there is none\n"
        "--dry-run    judge all, write nothing\n"
        "--threads N  workers (all processors)\n"
        "--json       the account for machines\n\n"
        "Exit codes: 0 every record has its verdict, 4 the plan is not of this registry, a merge\n"
        "did not end, or another run of noi is writing.")},
    {"validate", cli_run_validate, N_("check all that is stored against numbered rules"),
     "noi validate REGISTRY [--rule ID]... [--json]\n"
     "noi validate --list\n"
     "noi validate --explain ID",
     N_("Runs the rules and replaces what they found earlier; all in one transaction. Families:\n"
        "U units and law, L boundary layers, A addresses, H households, C open cases,\n"
        "R reconciliation. Findings are rows of the registry and pages of the report; the\n"
        "proposed actions are never carried out.\n"
        "  --rule ID     only this rule; may be repeated\n"
        "  --json        counts for machines\n"
        "  --list        all rules with their severity\n"
        "  --explain ID  what a rule looks for, why, and what to do about it\n"
        "Exits 1 when there are warnings or errors, 0 when there are none or notes only.")},
    {"check", cli_run_check, N_("may this boundary layer be adopted?"),
     "noi check LAYER [--against REGISTRY] [--as-of DAY] [--defects OUT.gpkg] [--report DIR]\n"
     "    [--json] [--crs EPSG:n] [--layer NAME] [--map FIELD=COLUMN]... [--synthetic]\n"
     "    [THRESHOLD]...",
     N_("Examines a layer as such (rings, overlaps, gaps, slivers, vertices), the system of its\n"
        "coordinates, and, with a registry, against the units and the law stored there. Nothing\n"
        "is changed. The last line is the decision: the layer passes when no finding is a warning\n"
        "or an error by its rule ('noi validate --explain ID').\n"
        "\n"
        "  --against REGISTRY  the units, the law and the layer of the other side of the reform;\n"
        "                      records stored there are counted where findings concern them\n"
        "  --as-of DAY         the day whose units the layer draws; else the day that fits best\n"
        "  --defects OUT.gpkg  every finding with its place, and the layer, for QGIS with styles\n"
        "  --report DIR        a page to print and sign, with a map for each defect\n"
        "  --json              decision, counts by rule and findings for machines\n"
        "  --crs EPSG:n        what the coordinates are in, whatever the file states\n"
        "  --layer NAME        the layer of a file that has several\n"
        "  --map FIELD=COLUMN  FIELD code, name, kind, area (km2) or population\n"
        "  --synthetic         the borders are made up: areas are not held against the law\n"
        "\n"
        "Thresholds in metres and square metres, with their defaults:\n"
        "  --min-area 0.1        smaller overlaps and gaps are rounding of coordinates\n"
        "  --wider-than 0        overlaps and gaps of this mean width or less are left out\n"
        "  --narrower-than 1000  wider holes are taken for real\n"
        "  --sliver-width 1, --sliver-area 1  what is narrower or smaller is a sliver\n"
        "  --inlet-width 1       inlets from the outer edge are looked for up to this width\n"
        "  --near-vertex 0.01, --far-vertex 5000, --mismatch 0.02\n"
        "and in percent, but for the width, with --against:\n"
        "  --area-tolerance 5, --total-tolerance 1, --population-tolerance 5,\n"
        "  --phantom-share 2, --phantom-width 25, --missing-share 0.1, --whole-share 98\n"
        "\n"
        "Exit codes: 0 pass, 1 fail, 2 usage, 3 a file cannot be used, 4 an output stands in "
        "place\n"
        "of something that noi did not write.")},
    {"repair", cli_run_repair, N_("mend a boundary layer where you accept it"),
     "noi repair LAYER [--json] [THRESHOLD]...\n"
     "noi repair LAYER -o OUT.gpkg --accept RULE... [--give LON,LAT=CODE]...\n"
     "    [--registry REGISTRY] [--table OUT.csv] [--dry-run] [--json] [--crs EPSG:n]\n"
     "    [--layer NAME] [--map FIELD=COLUMN]... [THRESHOLD]...",
     N_("Without --accept it proposes: what the repair of each rule would do, and writes nothing.\n"
        "With it, OUT.gpkg holds the layer as mended, with all its fields and in its own system,\n"
        "and tables for QGIS: noi_repair (land that changed hands), noi_repair_vertices,\n"
        "noi_repair_units (each unit's area before and after), noi_repair_run. LAYER is never\n"
        "changed, and units without accepted defects keep their vertices bit by bit. What a flat\n"
        "layer of a GeoPackage cannot keep (heights, arcs, ...) is told. The last line says\n"
        "whether the mended layer passes 'noi check'.\n"
        "\n"
        "  --accept RULE        L06 invalid rings, L07 overlaps, L08 gaps, L12 slivers, L13 inlets,\n"
        "                       L15 double and L16 nearly double vertices, L18 borders that\n"
        "                       neighbours draw differently\n"
        "  --give LON,LAT=CODE  the gap or overlap at this place goes to this unit; all others go\n"
        "                       to the unit with the longest border on them, of equals to the\n"
        "                       lower code, but a unit that would lose half of its land keeps it\n"
        "  --registry REGISTRY  tells which records would change unit; table noi_repair_records\n"
        "  --table OUT.csv      each unit's area before and after\n"
        "  --dry-run            tell all, write nothing\n"
        "  --crs, --layer, --map, thresholds: as in 'noi check'; --mismatch at most 10\n"
        "\n"
        "Exit codes: 0 mended (without --accept: nothing to mend), 1 something is left that was\n"
        "accepted (without --accept: something can be mended), 2 usage, 3 a file cannot be used,\n"
        "4 OUT.gpkg is there already and is no earlier repair of this layer.")},
    {"impact", cli_run_impact, N_("who would move if another boundary layer were adopted?"),
     "noi impact OLD NEW --registry REGISTRY [--json] [--report DIR] [--records OUT.csv]\n"
     "    [--noise M] [--layer-old NAME] [--layer-new NAME] [--crs-old EPSG:n] [--crs-new EPSG:n]",
     N_("OLD and NEW are two drawings of the same units, such as version 1 and version 2 of a\n"
        "layer. Tells which borders moved and how far, and judges every address, household,\n"
        "parcel and case of the registry by either layer: who would change unit, and what the\n"
        "queue would gain or lose. Nothing is written to the registry.\n\n"
        "--registry REGISTRY  units, law and records\n"
        "--report DIR         the page for whoever decides, with a map for each border\n"
        "--records OUT.csv    each record that changes: kind, key, from, to, lon, lat; keys only,\n"
        "                     readable by its owner alone\n"
        "--noise M            moves that are narrower on the mean are digitising noise (1 m)\n"
        "--layer-old NAME     the layer of a file that has several; likewise --layer-new\n"
        "--crs-old EPSG:n     the system of a file that names none; likewise --crs-new\n"
        "--json               the same for machines\n\n"
        "Exit codes: 0 nobody moves and no border moved, 1 something moves, 3 a layer cannot be\n"
        "used, or the two draw the units of different days.")},
    {"concordance", cli_run_concordance, N_("old numbers beside new ones, after a merge"),
     "noi concordance REGISTRY parcels|residence-files|streets -o FILE.csv [--json]",
     N_("What is numbered within a unit gets a number in the new unit; the file has both.\n"
        "\n"
        "  parcels          sheets: the old unit whose code the new unit bears keeps its sheets,\n"
        "                   those of the others follow behind its largest\n"
        "  residence-files  a number that is free stays; one that is taken is preceded by the\n"
        "                   code of the old unit\n"
        "  streets          names that a new unit has from several old units, and how many\n"
        "                   house numbers stand in more than one of them\n"
        "\n"
        "A number once given stays; what gets its unit later gets the next free one. The file\n"
        "is readable by its owner alone.\n"
        "Exit codes: 0 every record has a number of its own, 1 some wait, collide or share one,\n"
        "4 there is no finished merge.")},
    {"report", cli_run_report, N_("write the report: HTML, maps, CSV, GeoPackage"),
     "noi report REGISTRY -o DIR",
     N_("Writes DIR/index.html (opens without a network, prints on A4), the tables as CSV,\n"
        "and findings.gpkg, which QGIS opens with its style. An earlier report in DIR is\n"
        "replaced; any other folder is left alone. Records appear by their keys only.\n"
        "The language is that of --lang, else of the locale.\n"
        "  -o DIR, --output DIR  where the report goes")},
    {"lookup", cli_run_lookup, N_("answer for one address, code or point"),
     "noi lookup [REGISTRY|--plan PLAN] \"ADDRESS\" [--as-of DAY] [--json]\n"
     "noi lookup [REGISTRY|--plan PLAN] --code C [--as-of DAY] [--reverse] [--json]\n"
     "noi lookup REGISTRY|--plan PLAN --point LON,LAT [--error M] [--json]",
     N_("Without a registry or a plan the built-in crosswalk answers: the units and the law that\n"
        "travel inside the program. A point needs a plan with a boundary layer.\n"
        "\n"
        "  --code C      ask about a code; it means what it meant on --as-of, else on the eve of\n"
        "                the change\n"
        "  --as-of DAY   the day whose names and codes the question uses, such as 2024-06-30\n"
        "  --point L,L   longitude and latitude in degrees, WGS 84\n"
        "  --error M     the point's positional error in metres, a radius that holds the\n"
        "                true place in 95 of 100 cases (50)\n"
        "  --reverse     new to old: all units that a unit of today was made from\n"
        "  --json        for programs\n"
        "\n"
        "Exit codes: 0 one answer, 1 ambiguous or unplaced, 2 usage, 3 input.")},
    {"convert", cli_run_convert, N_("append the new unit to each row of a CSV file"),
     "noi convert IN.csv -o OUT.csv [--column COLUMN] [--code-column COLUMN] [--plan PLAN]\n"
     "    [--as-of DAY]",
     N_("Rows and columns are kept as they are, in their order; these columns are appended:\n"
        "noi_status, noi_new_code, noi_new_name, noi_old_code, noi_method, noi_clause,\n"
        "noi_candidates, noi_warning. The account is printed at the end.\n"
        "\n"
        "  -o FILE             where to write; '-' is standard output\n"
        "  --column C          the column with the address\n"
        "  --code-column C     a column with the old commune code, where there is one\n"
        "  --plan PLAN         a plan made by 'noi plan'; else the built-in crosswalk\n"
        "  --as-of DAY         the day whose names and codes the file uses\n"
        "\n"
        "Exit codes: 0 all rows written (also those that are ambiguous), 2 usage, 3 input.")},
    {"locate", cli_run_locate, N_("find the unit of each point of a CSV file"),
     "noi locate --layer LAYER POINTS.csv -o OUT.csv [--crs EPSG:n] [--border-limit M]\n"
     "    [--map FIELD=COLUMN]... [--layer-crs EPSG:n]",
     N_("Appends noi_code (the code of the unit that holds the point; empty when none does) and\n"
        "noi_border_m (metres to the nearest border of any unit) to each row. Rows keep their\n"
        "order and their bytes. The answer is exact: a point on a border belongs to one of the\n"
        "neighbours, always the same.\n"
        "\n"
        "  --layer LAYER       the areas: GeoPackage, Shapefile, GeoJSON, KML, MapInfo TAB ...\n"
        "  -o OUT.csv          where the result goes, whole or not at all; - is standard output\n"
        "  --crs EPSG:n        the points are in columns x and y of this system; without it they\n"
        "                      are in columns lon and lat, in degrees (WGS 84)\n"
        "  --border-limit M    look for borders no farther than this (1000); beyond, noi_border_m\n"
        "                      is empty\n"
        "  --map FIELD=COLUMN  FIELD lon, lat, x or y: the column of the points; FIELD code: the\n"
        "                      field of the layer that holds the codes\n"
        "  --layer-crs EPSG:n  the layer's system, when its file does not say it\n"
        "\n"
        "A row without usable coordinates stays, with both columns empty, and is counted. Exit\n"
        "code 0, or 1 when there are points and none of them lies in any unit.")},
    {"vintage", cli_run_vintage, N_("tell from which days a column of codes is"),
     "noi vintage FILE --column COLUMN [--plan PLAN] [--encoding KEY] [--layer NAME] [--json]",
     N_("A code means something only with a date: nearly all codes of today were an old unit's.\n"
        "Counts on which days the codes of a column were in force, names the days that fit best,\n"
        "and lists the codes that do not fit: of other days, unknown, malformed, zeros lost.\n"
        "CSV, XLSX, ODS, GeoPackage, SQLite and DBF are read.\n"
        "\n"
        "  --column COLUMN  the column that holds the codes\n"
        "  --plan PLAN      a plan made by 'noi plan'; else the units that travel inside noi\n"
        "  --encoding KEY   auto, utf8, utf16le, utf16be, tcvn3, vni or cp1258\n"
        "  --layer NAME     the layer or sheet of a file that has several\n"
        "  --json           the same for machines, with all exceptions\n"
        "\n"
        "Exit code 0 when one span of days fits all codes; 1 when codes do not fit, or several\n"
        "spans fit alike.")},
    {NULL, NULL, NULL, NULL, NULL},
};
