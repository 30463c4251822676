/* scenario.c: scenario files; see scenario.h. */
#include "rehearsal/scenario.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/ini.h"
#include "rehearsal/people.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER "data/scenarios/"
#define SUFFIX ".ini"

enum { MOST_RECORDS = 1000000, ALL_SHARES = 10000 };

/* ---- keys ------------------------------------------------------------------------------------ */

typedef struct count_key {
    const char *section, *key;
    size_t at; /* of the int64_t in noi_scenario */
    int64_t least, most;
} count_key;

#define AT(member) offsetof(noi_scenario, member)
static const count_key counts[] = {
    {"systems", "addresses", AT(addresses), 500, MOST_RECORDS},
    {"systems", "households", AT(households), 0, MOST_RECORDS},
    {"systems", "members_per_thousand", AT(members_per_thousand), 0, 10000},
    {"systems", "parcels", AT(parcels), 0, MOST_RECORDS},
    {"systems", "cases", AT(cases), 0, MOST_RECORDS},
    {"systems", "reports", AT(reports), 0, MOST_RECORDS},
    {"systems", "documents", AT(documents), 0, MOST_RECORDS},
    {"systems", "accounts", AT(accounts), 0, MOST_RECORDS},
    {"systems", "later_cases", AT(later_cases), 0, MOST_RECORDS},
    {"systems", "rows_per_side_file", AT(side_file_rows), 1, MOST_RECORDS},
    {"people", "officers", AT(people.officers), 0, 200},
    {"people", "absent", AT(people.absent), 0, 200},
    {"people", "answers", AT(people.answers), 0, 100},
    {"people", "wrong", AT(people.wrong), 0, 100},
    {"people", "disagree", AT(people.disagree), 0, 100},
};

static const struct {
    const char *key;
    noi_address_file file;
} side_files[] = {{"nfd", NOI_FILE_NFD},       {"tcvn3", NOI_FILE_TCVN3}, {"vni", NOI_FILE_VNI},
                  {"cp1258", NOI_FILE_CP1258}, {"utf16", NOI_FILE_UTF16}, {"vn2000", NOI_FILE_VN2000},
                  {"2024", NOI_FILE_2024},     {"new", NOI_FILE_NEW}};
enum { N_SIDE_FILES = sizeof side_files / sizeof *side_files };

static noi_status fail_key(const noi_ini *ini, const noi_ini_entry *e, const char *known) {
    noi_status status = noi_fail_at(NOI_ERR_INPUT, ini->name, e->line,
                                    _("a scenario has no '%.*s' in section [%.*s]"),
                                    NOI_STR_ARG(e->key), NOI_STR_ARG(e->section));
    noi_hint(_("known there: %s"), known);
    return status;
}

static noi_status fail_word(const noi_ini *ini, const noi_ini_entry *e, noi_str word,
                            const char *known) {
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, ini->name, e->line, _("%.*s knows no '%.*s'"),
                    NOI_STR_ARG(e->key), NOI_STR_ARG(word));
    noi_hint(_("known there: %s"), known);
    return status;
}

static void keep(char **out, noi_str value) {
    free(*out);
    *out = noi_strndup(value.p, value.n);
}

static noi_status take_side_files(noi_scenario *s, const noi_ini *ini, const noi_ini_entry *e) {
    noi_str word, rest = e->value;
    while (noi_ini_word(&word, &rest)) {
        size_t i = 0;
        while (i < N_SIDE_FILES && !noi_str_is(word, side_files[i].key))
            i++;
        if (i == N_SIDE_FILES)
            return fail_word(ini, e, word, "nfd tcvn3 vni cp1258 utf16 vn2000 2024 new");
        s->side_file[side_files[i].file] = true;
    }
    return NOI_OK;
}

static noi_status take_trap(noi_scenario *s, const noi_ini *ini, const noi_ini_entry *e) {
    for (int t = 0; t < NOI_N_TRAPS; t++)
        if (noi_str_is(e->key, noi_traps[t].id))
            return noi_ini_number(&s->share[t], ini, e, 0, ALL_SHARES);
    return fail_key(ini, e, _("the traps of the scorecard, each with its share of 10,000 records"));
}

static noi_status take_day(noi_day *out, const noi_ini *ini, const noi_ini_entry *e) {
    *out = noi_day_parse(e->value);
    if (*out != NOI_DAY_NONE)
        return NOI_OK;
    return noi_fail_at(NOI_ERR_INPUT, ini->name, e->line, _("%.*s is '%.*s', which is not a day"),
                       NOI_STR_ARG(e->key), NOI_STR_ARG(e->value));
}

/* Records at which the merge is killed, one after the other. */
static noi_status take_kills(noi_faults *f, const noi_ini *ini, const noi_ini_entry *e) {
    noi_ini_entry one = *e;
    noi_str rest = e->value;
    int64_t least = 1;
    for (f->n_kills = 0; noi_ini_word(&one.value, &rest); f->n_kills++) {
        if (f->n_kills == NOI_MAX_KILLS)
            return noi_fail_at(NOI_ERR_INPUT, ini->name, e->line,
                               _("%.*s names more than %d records"), NOI_STR_ARG(e->key), NOI_MAX_KILLS);
        NOI_TRY(noi_ini_number(&f->kill_after[f->n_kills], ini, &one, least, MOST_RECORDS));
        least = f->kill_after[f->n_kills] + 1;
    }
    return NOI_OK;
}

static noi_status take_fault(noi_scenario *s, const noi_ini *ini, const noi_ini_entry *e) {
    noi_faults *f = &s->faults;
    if (noi_str_is(e->key, "reissued_layer"))
        return noi_ini_yes(&f->reissued_layer, ini, e);
    if (noi_str_is(e->key, "kill_after"))
        return take_kills(f, ini, e);
    if (noi_str_is(e->key, "second_handover"))
        return take_day(&f->second_handover, ini, e);
    if (!noi_str_is(e->key, "undo_unit"))
        return fail_key(ini, e, "kill_after reissued_layer undo_unit second_handover");
    if (e->value.n >= sizeof f->undo_unit)
        return fail_word(ini, e, e->value, _("largest, or the code of a new unit"));
    snprintf(f->undo_unit, sizeof f->undo_unit, "%.*s", NOI_STR_ARG(e->value));
    return NOI_OK;
}

static noi_status take_world(noi_scenario *s, const noi_ini *ini, const noi_ini_entry *e) {
    if (noi_str_is(e->value, "ho-chi-minh-city"))
        s->world = NOI_WORLD_SAIGON;
    else if (noi_str_is(e->value, "hanoi"))
        s->world = NOI_WORLD_HANOI;
    else
        return fail_word(ini, e, e->value, "ho-chi-minh-city hanoi");
    return NOI_OK;
}

static noi_status take_scenario(noi_scenario *s, const noi_ini *ini, const noi_ini_entry *e) {
    if (noi_str_is(e->key, "title"))
        keep(&s->title, e->value);
    else if (noi_str_is(e->key, "title_vi"))
        keep(&s->title_vi, e->value);
    else if (noi_str_is(e->key, "reform"))
        return take_world(s, ini, e);
    else if (noi_str_is(e->key, "units")) {
        keep(&s->units, e->value);
        s->units_line = e->line;
    } else
        return fail_key(ini, e, "title title_vi reform units");
    return NOI_OK;
}

static noi_status take_entry(noi_scenario *s, const noi_ini *ini, const noi_ini_entry *e) {
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const count_key *c = &counts[i];
        if (noi_str_is(e->section, c->section) && noi_str_is(e->key, c->key))
            return noi_ini_number((int64_t *)(void *)((char *)s + c->at), ini, e, c->least, c->most);
    }
    if (noi_str_is(e->section, "scenario"))
        return take_scenario(s, ini, e);
    if (noi_str_is(e->section, "systems") && noi_str_is(e->key, "files"))
        return take_side_files(s, ini, e);
    if (noi_str_is(e->section, "systems"))
        return fail_key(ini, e, "addresses households members_per_thousand parcels cases reports documents "
                                "accounts later_cases files rows_per_side_file");
    if (noi_str_is(e->section, "traps"))
        return take_trap(s, ini, e);
    if (noi_str_is(e->section, "faults"))
        return take_fault(s, ini, e);
    if (noi_str_is(e->section, "people"))
        return fail_key(ini, e, "officers absent answers wrong disagree");
    return fail_key(ini, e, "[scenario] [systems] [traps] [faults] [people]");
}

/* ---- the whole ------------------------------------------------------------------------------- */

static noi_status fail_whole(const noi_scenario *s, const char *message, int64_t a, int64_t b) {
    return noi_fail(NOI_ERR_INPUT, message, s->file, (long long)a, (long long)b);
}

static int64_t side_rows(const noi_scenario *s) {
    int64_t rows = 0;
    for (size_t i = 0; i < N_SIDE_FILES; i++)
        rows += s->side_file[side_files[i].file] ? s->side_file_rows : 0;
    return rows;
}

/* What no single line shows. */
static noi_status check(const noi_scenario *s) {
    if (!s->units || !s->units[0])
        return noi_fail(NOI_ERR_INPUT, _("%s: section [scenario] names no units"), s->file);
    if (!s->addresses)
        return noi_fail(NOI_ERR_INPUT, _("%s: section [systems] names no addresses"), s->file);
    if (side_rows(s) * 2 > s->addresses)
        return fail_whole(s, _("%s: %lld addresses are in side files, more than half of %lld"),
                          side_rows(s), s->addresses);
    if (s->people.absent > s->people.officers)
        return fail_whole(s, _("%s: %lld officers are absent, of %lld"), s->people.absent,
                          s->people.officers);
    if (s->parcels && s->parcels < 50)
        return fail_whole(s, _("%s: %lld parcels; say 0, or at least %lld"), s->parcels, 50);
    if (s->households && s->households < 50)
        return fail_whole(s, _("%s: %lld households; say 0, or at least %lld"), s->households, 50);
    if (s->later_cases && s->faults.second_handover == NOI_DAY_NONE)
        return noi_fail(NOI_ERR_INPUT,
                        _("%s: there are later cases, but no second handover for which they come"), s->file);
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        int64_t sum = 0;
        for (int t = 0; t < NOI_N_TRAPS; t++)
            sum += noi_traps[t].kind == kind && s->share[t] > 0 ? s->share[t] : 0;
        if (sum > ALL_SHARES)
            return fail_whole(s, _("%s: the traps of one kind of record come to %lld of %lld"), sum,
                              ALL_SHARES);
    }
    return NOI_OK;
}

/* "data/scenarios/six.ini" → "six" */
static char *name_of(const char *file) {
    const char *base = noi_path_base(file), *dot = strrchr(base, '.');
    return noi_strndup(base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

noi_status noi_scenario_read(noi_scenario **out, const char *file, noi_str bytes) {
    NOI_AUTO(noi_scenario_freep) noi_scenario *s = noi_alloc_zero(1, sizeof *s);
    NOI_AUTO(noi_ini_freep) noi_ini *ini = NULL;
    s->file = noi_strdup(file);
    s->name = name_of(file);
    noi_digest_bytes(s->digest, bytes.p, bytes.n);
    s->side_file_rows = 20;
    s->faults.second_handover = NOI_DAY_NONE;
    for (int t = 0; t < NOI_N_TRAPS; t++)
        s->share[t] = -1;
    NOI_TRY(noi_ini_read(&ini, s->file, bytes));
    for (size_t i = 0; i < ini->n; i++)
        NOI_TRY(take_entry(s, ini, &ini->items[i]));
    if (!s->title)
        s->title = noi_strdup(s->name);
    NOI_TRY(check(s));
    *out = s;
    s = NULL;
    return NOI_OK;
}

void noi_scenario_free(noi_scenario *scenario) {
    if (!scenario)
        return;
    free(scenario->name);
    free(scenario->file);
    free(scenario->title);
    free(scenario->title_vi);
    free(scenario->units);
    free(scenario);
}

/* ---- from where ------------------------------------------------------------------------------ */

static noi_status fail_missing(const char *name) {
    NOI_AUTO_BUF noi_buf known = {0};
    const char *file;
    noi_str bytes;
    for (size_t at = 0; (at = noi_embed_next(&file, &bytes, FOLDER, at)) != 0;) {
        NOI_AUTO_FREE char *one = name_of(file);
        noi_buf_printf(&known, "%s%s", known.n ? ", " : "", one);
    }
    noi_status status =
        noi_fail(NOI_ERR_IO, _("'%s' is no scenario of this program and no file"), name);
    noi_hint(_("scenarios of this program: %s; noi rehearse --list tells what each is"),
             known.p ? known.p : "-");
    return status;
}

noi_status noi_scenario_load(noi_scenario **out, const char *name) {
    NOI_AUTO_FREE char *inside = noi_format(FOLDER "%s" SUFFIX, name);
    noi_str bytes = noi_embed(inside);
    if (bytes.p)
        return noi_scenario_read(out, inside, bytes);
    struct stat st;
    if (stat(name, &st) != 0)
        return fail_missing(name);
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, name));
    return noi_scenario_read(out, name, noi_map_bytes(map));
}

noi_status noi_scenario_next(noi_scenario **out, size_t *position) {
    const char *file;
    noi_str bytes;
    *position = noi_embed_next(&file, &bytes, FOLDER, *position);
    return *position ? noi_scenario_read(out, file, bytes) : NOI_OK;
}

const char *noi_scenario_title(const char *title, const char *vi) {
    /* translators: the code of your language */
    return vi && strcmp(_("en"), "vi") == 0 ? vi : title;
}

/* ---- units ----------------------------------------------------------------------------------- */

/* Units that some people of the old province went to; false when it has none. */
static bool choose_province(bool *chosen, const noi_tables *tables, noi_str code) {
    bool any = false;
    for (size_t i = 0; i < tables->n_pieces; i++) {
        const noi_piece *p = &tables->pieces[i];
        if (!p->has_people || !noi_str_eq(tables->old_units[p->old_unit].province_code, code))
            continue;
        chosen[p->new_unit] = any = true;
    }
    return any;
}

static bool choose_word(bool *chosen, const noi_tables *tables, noi_str word) {
    if (noi_str_is(word, "old-city"))
        return choose_province(chosen, tables, NOI_STR("79"));
    uint32_t unit = noi_tables_new_by_code(tables, word);
    bool all = noi_str_is(word, "all");
    for (size_t i = 0; all && i < tables->n_new; i++)
        chosen[i] = true;
    if (unit != NOI_TABLE_NONE)
        chosen[unit] = true;
    return all || unit != NOI_TABLE_NONE || choose_province(chosen, tables, word);
}

noi_status noi_scenario_choose(bool *chosen, size_t *n, const noi_scenario *s,
                               const noi_tables *tables) {
    noi_str word, rest = noi_str_of(s->units);
    while (noi_ini_word(&word, &rest)) {
        if (choose_word(chosen, tables, word))
            continue;
        noi_status status =
            noi_fail_at(NOI_ERR_INPUT, s->file, s->units_line,
                        _("'%.*s' is no new unit and no province of this reform"), NOI_STR_ARG(word));
        noi_hint(_("write all, old-city, a province's code of before (79, 74, 77), or codes of new units"));
        return status;
    }
    *n = 0;
    for (size_t i = 0; i < tables->n_new; i++)
        *n += chosen[i];
    return NOI_OK;
}
