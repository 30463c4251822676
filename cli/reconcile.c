/* reconcile.c: `noi reconcile`: in = out, for every file, unit and column. */
#include "cli/cli.h"
#include "cli/outputs.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cutover/reconcile.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#define SHOWN 40 /* lines of what does not add up; --json has them all */

typedef struct arguments {
    const char *registry, *flows, *against;
    bool json;
} arguments;

static const char *const kinds[] = {"", N_("addresses"), N_("households"), N_("parcels"), N_("cases")};

/* ---- text ------------------------------------------------------------------------------------ */

static void show_source(const noi_source_count *s) {
    const noi_count *c = &s->count;
    printf(_("%s (%s): read %lld = stored %lld + rejected %lld\n"), s->name, s->kind_key,
           (long long)s->rows_read, (long long)s->rows_stored, (long long)s->rows_rejected);
    if (s->kind == 0)
        return;
    printf(_("    in %lld = assigned %lld + ambiguous %lld + unplaced %lld"), (long long)c->records,
           (long long)c->assigned, (long long)c->ambiguous, (long long)c->unplaced);
    if (c->taken_back)
        printf(_(" + taken back %lld"), (long long)c->taken_back);
    printf("\n");
}

static bool holds_records(const noi_source_count *s) {
    return s->kind || strcmp(s->kind_key, "members") == 0;
}

static const noi_named_unit *unit_of(const noi_reconciliation *r, int64_t id) {
    static const noi_named_unit none = {"?", "?"};
    return id > 0 && (size_t)id < r->tally->n_units ? &r->units[id] : &none;
}

static void show_file_imbalance(const noi_reconciliation *r, const noi_imbalance *i) {
    const char *name = r->tally->sources[i->source].name;
    long long expected = i->expected, found = i->found;
    switch (i->kind) {
    case NOI_IMBALANCE_READ:
        printf(_("%s: %lld rows were read, %lld stored or rejected\n"), name, expected, found);
        return;
    case NOI_IMBALANCE_STORED:
        printf(_("%s: %lld rows were stored, %lld are in the registry\n"), name, expected, found);
        return;
    case NOI_IMBALANCE_NO_VERDICT:
        printf(_("%s: of %lld records %lld have no verdict; make a plan and merge\n"), name, expected,
               expected - found);
        return;
    default:
        printf(_("%s: %lld records have %lld verdicts\n"), name, expected, found);
    }
}

static void show_flow_imbalance(const noi_reconciliation *r, const noi_imbalance *i) {
    const noi_named_unit *from = unit_of(r, i->flow.old_unit), *to = unit_of(r, i->flow.new_unit);
    printf(_("%lld %s went from %s (%s) to %s (%s): the law leads nobody there\n"), (long long)i->found,
           _(kinds[i->flow.kind]), from->name, from->code, to->name, to->code);
}

static void show_column_imbalance(const noi_reconciliation *r, const noi_imbalance *i) {
    const char *name = i->source == SIZE_MAX ? "?" : r->tally->sources[i->source].name;
    char expected[17], found[17];
    snprintf(expected, sizeof expected, "%016" PRIx64, i->expected_sum);
    snprintf(found, sizeof found, "%016" PRIx64, i->found_sum);
    if (i->expected != i->found)
        printf(_("%s, column %s: %lld rows had a value when it was read, %lld have one now\n"), name,
               i->column, (long long)i->expected, (long long)i->found);
    else
        printf(_("%s, column %s: its control total was %s, it is %s\n"), name, i->column, expected, found);
}

static void show_imbalance(const noi_reconciliation *r, const noi_imbalance *i) {
    if (i->kind == NOI_IMBALANCE_FLOW)
        show_flow_imbalance(r, i);
    else if (i->kind == NOI_IMBALANCE_COLUMN)
        show_column_imbalance(r, i);
    else
        show_file_imbalance(r, i);
}

static void show_summary(const noi_reconciliation *r) {
    printf(_("units: records came out of %lld old units and went to %lld new ones\n"),
           (long long)r->old_units, (long long)r->new_units);
    if (r->decided_beyond)
        printf(_("%lld records went where the law has no edge, because persons decided it\n"),
               (long long)r->decided_beyond);
    printf(_("columns: %zu control totals compared\n"), r->n_columns);
    if (r->n_without)
        printf(_("%zu files have no control totals: they came in before there were any\n"),
               r->n_without);
}

static void show(const noi_reconciliation *r, json_object *changes) {
    for (size_t i = 0; i < r->tally->n_sources; i++)
        if (holds_records(&r->tally->sources[i]))
            show_source(&r->tally->sources[i]);
    show_summary(r);
    for (size_t i = 0; i < r->n && i < SHOWN; i++)
        show_imbalance(r, &r->items[i]);
    if (r->n > SHOWN)
        printf(_("and %zu more\n"), r->n - SHOWN);
    size_t changed = changes ? json_object_array_length(changes) : 0;
    for (size_t i = 0; i < changed && i < SHOWN; i++)
        printf(_("since the earlier account: %s\n"),
               json_object_get_string(json_object_array_get_idx(changes, i)));
    if (r->n + changed)
        printf(_("IT DOES NOT ADD UP: %zu places\n"), r->n + changed);
    else
        printf(_("In = out for every file, unit and column.\n"));
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void put_int(json_object *to, const char *key, int64_t value) {
    json_object_object_add(to, key, json_object_new_int64(value));
}

static void put_text(json_object *to, const char *key, const char *text) {
    json_object_object_add(to, key, json_object_new_string(text));
}

/* Sums are text: they need all 64 bits. */
static void put_sum(json_object *to, const char *key, uint64_t sum) {
    char text[17];
    snprintf(text, sizeof text, "%016" PRIx64, sum);
    put_text(to, key, text);
}

static json_object *columns_json(const noi_reconciliation *r, size_t source) {
    json_object *all = json_object_new_object();
    for (size_t i = 0; i < r->n_columns; i++) {
        if (r->columns[i].source != source)
            continue;
        json_object *one = json_object_new_object();
        put_int(one, "filled", r->columns[i].total.filled);
        put_sum(one, "total", r->columns[i].total.sum);
        json_object_object_add(all, r->columns[i].total.column, one);
    }
    return all;
}

static json_object *source_json(const noi_reconciliation *r, size_t at) {
    const noi_source_count *s = &r->tally->sources[at];
    json_object *one = json_object_new_object();
    put_text(one, "kind", s->kind_key);
    put_text(one, "file", s->name);
    put_text(one, "sha256", s->sha256);
    put_int(one, "read", s->rows_read);
    put_int(one, "stored", s->rows_stored);
    put_int(one, "rejected", s->rows_rejected);
    if (s->kind) {
        put_int(one, "assigned", s->count.assigned);
        put_int(one, "ambiguous", s->count.ambiguous);
        put_int(one, "unplaced", s->count.unplaced);
        put_int(one, "taken_back", s->count.taken_back);
    }
    json_object_object_add(one, "columns", columns_json(r, at));
    return one;
}

static json_object *imbalance_json(const noi_reconciliation *r, const noi_imbalance *i) {
    json_object *one = json_object_new_object();
    put_text(one, "what", noi_imbalance_key(i->kind));
    if (i->source != SIZE_MAX)
        put_text(one, "file", r->tally->sources[i->source].name);
    if (i->column)
        put_text(one, "column", i->column);
    if (i->kind == NOI_IMBALANCE_FLOW) {
        static const char *const keys[] = {"", "address", "household", "parcel", "case"};
        put_text(one, "kind", keys[i->flow.kind]);
        put_text(one, "old_code", unit_of(r, i->flow.old_unit)->code);
        put_text(one, "new_code", unit_of(r, i->flow.new_unit)->code);
    }
    put_int(one, "expected", i->expected);
    put_int(one, "found", i->found);
    if (i->kind == NOI_IMBALANCE_COLUMN) {
        put_sum(one, "expected_total", i->expected_sum);
        put_sum(one, "found_total", i->found_sum);
    }
    return one;
}

static json_object *make_json(const noi_reconciliation *r, json_object *changes) {
    json_object *all = json_object_new_object(), *sources = json_object_new_array();
    json_object *list = json_object_new_array();
    size_t changed = changes ? json_object_array_length(changes) : 0;
    json_object_object_add(all, "adds_up", json_object_new_boolean(r->n + changed == 0));
    for (size_t i = 0; i < r->tally->n_sources; i++)
        if (holds_records(&r->tally->sources[i]))
            json_object_array_add(sources, source_json(r, i));
    json_object_object_add(all, "files", sources);
    put_int(all, "old_units", r->old_units);
    put_int(all, "new_units", r->new_units);
    put_int(all, "decided_beyond_the_law", r->decided_beyond);
    put_int(all, "control_totals", (int64_t)r->n_columns);
    put_int(all, "files_without_totals", (int64_t)r->n_without);
    for (size_t i = 0; i < r->n; i++)
        json_object_array_add(list, imbalance_json(r, &r->items[i]));
    json_object_object_add(all, "imbalances", list);
    if (changes)
        json_object_object_add(all, "changes", json_object_get(changes));
    return all;
}

/* ---- against an earlier account -------------------------------------------------------------- */

static json_object *get(json_object *from, const char *key) {
    json_object *found = NULL;
    if (from && json_object_is_type(from, json_type_object))
        json_object_object_get_ex(from, key, &found);
    return found;
}

static noi_status read_earlier(json_object **out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    NOI_AUTO_FREE char *text = noi_strndup(noi_map_bytes(map).p, noi_map_bytes(map).n);
    json_object *earlier = json_tokener_parse(text);
    if (json_object_is_type(get(earlier, "files"), json_type_array)) {
        *out = earlier;
        return NOI_OK;
    }
    json_object_put(earlier);
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is no account of noi reconcile"), path);
    noi_hint(_("noi reconcile REGISTRY --json > FILE writes one"));
    return status;
}

static bool same_text(json_object *a, json_object *b) {
    return a && b && strcmp(json_object_get_string(a), json_object_get_string(b)) == 0;
}

static json_object *same_file(json_object *files, json_object *wanted) {
    for (size_t i = 0; i < json_object_array_length(files); i++) {
        json_object *one = json_object_array_get_idx(files, i);
        if (same_text(get(one, "sha256"), get(wanted, "sha256")) &&
            same_text(get(one, "kind"), get(wanted, "kind")))
            return one;
    }
    return NULL;
}

static void note(json_object *changes, char *text) {
    json_object_array_add(changes, json_object_new_string(text));
    free(text);
}

/* What a file was stored as then and is now: its rows, and the total of each column. */
static void compare_file(json_object *changes, json_object *before, json_object *now) {
    const char *name = json_object_get_string(get(before, "file"));
    if (!now) {
        note(changes, noi_format(_("%s is not there any more"), name ? name : "?"));
        return;
    }
    if (!same_text(get(before, "stored"), get(now, "stored")))
        note(changes, noi_format(_("%s: %s rows were stored, now %s"), name,
                                 json_object_get_string(get(before, "stored")),
                                 json_object_get_string(get(now, "stored"))));
    json_object *columns = get(before, "columns");
    if (!columns)
        return;
    json_object_object_foreach(columns, column, total) {
        json_object *other = get(get(now, "columns"), column);
        if (!same_text(get(total, "total"), get(other, "total")) ||
            !same_text(get(total, "filled"), get(other, "filled")))
            note(changes, noi_format(_("%s: another control total of column %s"), name, column));
    }
}

static json_object *compare(json_object *earlier, const noi_reconciliation *r) {
    json_object *changes = json_object_new_array(), *now = make_json(r, NULL);
    json_object *files = get(earlier, "files");
    for (size_t i = 0; i < json_object_array_length(files); i++) {
        json_object *one = json_object_array_get_idx(files, i);
        compare_file(changes, one, same_file(get(now, "files"), one));
    }
    json_object_put(now);
    return changes;
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status write_flows(const noi_reconciliation *r, const char *path) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO_BUF noi_buf text = {0};
    noi_flows_csv(&text, r);
    NOI_TRY(noi_out_open_private(&out, path));
    NOI_TRY(noi_out_write(out, text.p, text.n));
    return noi_out_commit(out);
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const cli_option options[] = {{.name = "--flows", .value = &out->flows},
                                  {.name = "--against", .value = &out->against},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "reconcile", argc, argv, options,
                      sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("reconcile", &operands, 1, 1));
    out->registry = operands.items[0];
    const char *inputs[] = {out->registry, out->against};
    return cli_check_outputs(&(cli_output){"--flows", out->flows, false}, 1, inputs, 2);
}

static noi_status reconcile(bool *adds_up, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_reconciliation_freep) noi_reconciliation *r = NULL;
    json_object *earlier = NULL;
    if (a->against)
        NOI_TRY(read_earlier(&earlier, a->against));
    noi_status status = noi_registry_open(&registry, a->registry, NOI_OPEN_READ);
    if (status == NOI_OK)
        status = noi_reconcile(&r, registry);
    json_object *changes = status == NOI_OK && earlier ? compare(earlier, r) : NULL;
    json_object_put(earlier);
    if (status == NOI_OK && a->flows)
        status = write_flows(r, a->flows);
    if (status == NOI_OK && a->json) {
        json_object *all = make_json(r, changes);
        puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
        json_object_put(all);
    } else if (status == NOI_OK) {
        show(r, changes);
    }
    *adds_up = status == NOI_OK && r->n == 0 && (!changes || json_object_array_length(changes) == 0);
    json_object_put(changes);
    return status;
}

int cli_run_reconcile(int argc, char **argv) {
    arguments a = {0};
    bool help = false, adds_up = false;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = reconcile(&adds_up, &a);
    if (status != NOI_OK)
        return cli_fail(status);
    return adds_up ? 0 : 1;
}
