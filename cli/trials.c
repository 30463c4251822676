/* trials.c: see trials.h. */
#include "cli/trials.h"

#include "base/file.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#define SLOWER_SHARE 1.25
#define SLOWER_S     0.5

noi_status cli_trial_read(json_object **out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    NOI_AUTO_FREE char *text = noi_strndup(noi_map_bytes(map).p, noi_map_bytes(map).n);
    json_object *card = json_tokener_parse(text);
    json_object *traps = NULL;
    if (card && json_object_object_get_ex(card, "traps", &traps) &&
        json_object_is_type(traps, json_type_array)) {
        *out = card;
        return NOI_OK;
    }
    json_object_put(card);
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is no scorecard"), path);
    noi_hint(_("it is scorecard.json in the folder of an earlier rehearsal"));
    return status;
}

/* ---- comparing ------------------------------------------------------------------------------- */

static json_object *get(json_object *from, const char *key) {
    json_object *found = NULL;
    if (from)
        json_object_object_get_ex(from, key, &found);
    return found;
}

json_object *cli_trial_member(json_object *card, const char *path) {
    NOI_AUTO_FREE char *names = noi_strdup(path);
    char *rest = NULL;
    for (char *name = strtok_r(names, "/", &rest); name; name = strtok_r(NULL, "/", &rest))
        card = get(card, name);
    return card;
}

static void add_item(json_object *list, const char *what, json_object *before, json_object *now) {
    json_object *item = json_object_new_object();
    json_object_object_add(item, "what", json_object_new_string(what));
    json_object_object_add(item, "before", json_object_get(before));
    json_object_object_add(item, "now", json_object_get(now));
    json_object_array_add(list, item);
}

/* `more_is_worse`: of wrong answers; fewer are worse of right ones. */
static void compare_count(json_object *out, const char *of, const char *key, bool more_is_worse,
                          json_object *before, json_object *now) {
    int64_t a = json_object_get_int64(get(before, key)), b = json_object_get_int64(get(now, key));
    if (a == b)
        return;
    NOI_AUTO_FREE char *what = noi_format("%s%s%s", of, of[0] ? ": " : "", key);
    add_item(get(out, (b > a) == more_is_worse ? "worse" : "better"), what, get(before, key),
             get(now, key));
}

static json_object *by_id(json_object *list, const char *key, const char *id) {
    for (size_t i = 0; list && i < json_object_array_length(list); i++) {
        json_object *item = json_object_array_get_idx(list, i);
        const char *own = json_object_get_string(get(item, key));
        if (own && strcmp(own, id) == 0)
            return item;
    }
    return NULL;
}

static void compare_trap(json_object *out, json_object *before, json_object *now) {
    static const char *const worse[] = {"asked", "missed", "wrong", "unplaced", "rejected"};
    const char *id = json_object_get_string(get(now, "id"));
    bool same_size = json_object_get_int64(get(before, "n")) == json_object_get_int64(get(now, "n"));
    if (!before || !same_size) {
        add_item(get(out, "not_compared"), id, get(before, "n"), get(now, "n"));
        return;
    }
    compare_count(out, id, "right", false, before, now);
    for (size_t i = 0; i < sizeof worse / sizeof *worse; i++)
        compare_count(out, id, worse[i], true, before, now);
}

static void compare_step(json_object *out, json_object *before, json_object *now) {
    double a = json_object_get_double(get(before, "seconds"));
    double b = json_object_get_double(get(now, "seconds"));
    double most = a > b ? a : b, least = a > b ? b : a;
    if (before && most > least * SLOWER_SHARE && most - least >= SLOWER_S)
        add_item(get(out, "steps"), json_object_get_string(get(now, "what")), get(before, "seconds"),
                 get(now, "seconds"));
}

static bool same_text(json_object *before, json_object *now, const char *path) {
    const char *a = json_object_get_string(cli_trial_member(before, path));
    const char *b = json_object_get_string(cli_trial_member(now, path));
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Seed, size and the scenario to the byte. Cards from before there were scenarios have none. */
bool cli_trial_same_city(json_object *before, json_object *now) {
    return get(before, "seed") && same_text(before, now, "seed") &&
           same_text(before, now, "size") && same_text(before, now, "scenario/sha256");
}

/* More findings of a rule or fewer: neither is better by itself, so a person looks. */
static void compare_findings(json_object *out, json_object *before, json_object *now) {
    json_object *old = get(before, "findings"), *new = get(now, "findings");
    for (size_t i = 0; new && old && i < json_object_array_length(new); i++) {
        json_object *one = json_object_array_get_idx(new, i);
        const char *rule = json_object_get_string(get(one, "rule"));
        json_object *other = by_id(old, "rule", rule);
        if (json_object_get_int64(get(other, "n")) != json_object_get_int64(get(one, "n")))
            add_item(get(out, "findings"), rule, get(other, "n"), get(one, "n"));
    }
    for (size_t i = 0; new && old && i < json_object_array_length(old); i++) {
        json_object *one = json_object_array_get_idx(old, i);
        const char *rule = json_object_get_string(get(one, "rule"));
        if (!by_id(new, "rule", rule))
            add_item(get(out, "findings"), rule, get(one, "n"), NULL);
    }
}

/* What a scenario must keep: nothing that held then fails now, and people get as far. */
static void compare_scenario(json_object *out, json_object *before, json_object *now) {
    json_object *old = get(before, "scenario"), *new = get(now, "scenario");
    if (!old || !new)
        return;
    const char *a = json_object_get_string(get(old, "failures"));
    const char *b = json_object_get_string(get(new, "failures"));
    if (a && b && strcmp(a, b) != 0)
        add_item(get(out, strlen(b) > strlen(a) ? "worse" : "better"), "failures",
                 get(old, "failures"), get(new, "failures"));
    static const char *const more_is_worse[] = {"waiting", "waiting_after", "wrong_untraced"};
    for (size_t i = 0; i < sizeof more_is_worse / sizeof *more_is_worse; i++)
        compare_count(out, "people", more_is_worse[i], true, get(old, "people"), get(new, "people"));
}

json_object *cli_trial_compare(json_object *before, json_object *now) {
    static const char *const lists[] = {"worse", "better", "not_compared", "findings", "steps"};
    json_object *out = json_object_new_object(), *traps = get(now, "traps"), *steps = get(now, "steps");
    bool same_city = cli_trial_same_city(before, now);
    json_object_object_add(out, "same_city", json_object_new_boolean(same_city));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        json_object_object_add(out, lists[i], json_object_new_array());
    compare_count(out, "", "lost", true, before, now);
    compare_count(out, "", "rejected", true, before, now);
    compare_count(out, "draft_layer", "found", false, get(before, "draft_layer"),
                  get(now, "draft_layer"));
    if (same_city)
        compare_findings(out, before, now);
    if (same_city)
        compare_scenario(out, before, now);
    for (size_t i = 0; traps && i < json_object_array_length(traps); i++) {
        json_object *trap = json_object_array_get_idx(traps, i);
        compare_trap(out, by_id(get(before, "traps"), "id", json_object_get_string(get(trap, "id"))),
                     trap);
    }
    for (size_t i = 0; steps && i < json_object_array_length(steps); i++) {
        json_object *step = json_object_array_get_idx(steps, i);
        compare_step(out,
                     by_id(get(before, "steps"), "what", json_object_get_string(get(step, "what"))),
                     step);
    }
    return out;
}

/* ---- for people ------------------------------------------------------------------------------ */

static size_t show_list(json_object *comparison, const char *key, const char *title) {
    json_object *list = get(comparison, key);
    size_t n = list ? json_object_array_length(list) : 0;
    if (n)
        printf("  %s\n", title);
    for (size_t i = 0; i < n; i++) {
        json_object *item = json_object_array_get_idx(list, i);
        const char *before = json_object_get_string(get(item, "before"));
        const char *now = json_object_get_string(get(item, "now"));
        printf("    %-32s %s → %s\n", json_object_get_string(get(item, "what")),
               before && *before ? before : "-", now && *now ? now : "-");
    }
    return n;
}

bool cli_trial_show(json_object *comparison) {
    bool same_city = json_object_get_boolean(get(comparison, "same_city"));
    puts(same_city ? _("\nAgainst the earlier rehearsal of the same city:")
                   : _("\nAgainst an earlier rehearsal of another city (seed or size):"));
    size_t worse = show_list(comparison, "worse", _("worse"));
    size_t better = show_list(comparison, "better", _("better"));
    show_list(comparison, "not_compared", _("another number of records, not compared"));
    show_list(comparison, "findings", _("findings of a rule that are more or fewer"));
    show_list(comparison, "steps", _("seconds that differ by a quarter or more"));
    if (!worse && !better)
        printf("  %s\n", _("every answer as before"));
    return worse == 0;
}
