/* stage.c: `noi stage`: how far the cutover is, and the step to the next stage. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cutover/stage.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct arguments {
    const char *registry, *stage;
    noi_stage_options options;
    const char *evidence;
    bool json;
} arguments;

/* ---- evidence -------------------------------------------------------------------------------- */

static json_object *get(json_object *from, const char *key) {
    json_object *found = NULL;
    if (from && json_object_is_type(from, json_type_object))
        json_object_object_get_ex(from, key, &found);
    return found;
}

static int64_t number(json_object *from, const char *key) {
    return json_object_get_int64(get(from, key));
}

static void read_scorecard(noi_stage_evidence *out, json_object *card) {
    json_object *traps = get(card, "traps"), *version = get(card, "version");
    out->is_scorecard = true;
    out->version = version ? json_object_get_string(version) : "";
    out->lost = number(card, "lost");
    for (size_t i = 0; i < json_object_array_length(traps); i++) {
        out->judged += number(json_object_array_get_idx(traps, i), "n");
        out->wrong += number(json_object_array_get_idx(traps, i), "wrong");
    }
}

/* What is not the same and not a harmless way of writing: cutover/compare.h. */
static void read_comparison(noi_stage_evidence *out, json_object *all) {
    static const char *const only_one[] = {"only_a", "only_b", "doubles_a", "doubles_b", "without_key_a",
                                           "without_key_b", "unreadable_a", "unreadable_b"};
    static const char *const real[] = {"different", "missing_in_a", "missing_in_b", "marks_lost", "day_month"};
    json_object *causes = get(all, "causes");
    out->is_comparison = true;
    out->paired = number(all, "paired");
    for (size_t i = 0; i < sizeof only_one / sizeof *only_one; i++)
        out->only_one += number(all, only_one[i]);
    for (size_t i = 0; i < json_object_array_length(causes); i++) {
        json_object *one = json_object_array_get_idx(causes, i), *cause = get(one, "cause");
        for (size_t k = 0; cause && k < sizeof real / sizeof *real; k++)
            if (strcmp(json_object_get_string(cause), real[k]) == 0)
                out->different += number(one, "n");
    }
}

/* *kept owns the texts. */
static noi_status read_evidence(noi_stage_evidence *out, json_object **kept, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    if (!path)
        return NOI_OK;
    NOI_TRY(noi_map_open(&map, path));
    noi_str bytes = noi_map_bytes(map);
    NOI_AUTO_FREE char *text = noi_strndup(bytes.p, bytes.n);
    noi_digest_bytes(out->sha256, bytes.p, bytes.n);
    out->name = noi_path_base(path);
    *kept = json_tokener_parse(text);
    if (json_object_is_type(get(*kept, "traps"), json_type_array) && get(*kept, "lost")) {
        read_scorecard(out, *kept);
        return NOI_OK;
    }
    if (json_object_is_type(get(*kept, "causes"), json_type_array) && get(*kept, "paired")) {
        read_comparison(out, *kept);
        return NOI_OK;
    }
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is neither a scorecard nor a comparison"), path);
    noi_hint(_("scorecard.json of noi rehearse, or what noi compare A B --json prints"));
    return status;
}

/* ---- telling --------------------------------------------------------------------------------- */

static void show_conditions(const noi_stage_result *r) {
    for (size_t i = 0; i < r->n; i++)
        printf("  %s  %s\n", r->items[i].holds ? _("yes") : _("NO "), r->items[i].text);
}

static json_object *conditions_json(const noi_stage_result *r) {
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < r->n; i++) {
        json_object *one = json_object_new_object();
        json_object_object_add(one, "key", json_object_new_string(r->items[i].key));
        json_object_object_add(one, "holds", json_object_new_boolean(r->items[i].holds));
        json_object_object_add(one, "value", json_object_new_int64(r->items[i].value));
        json_object_array_add(list, one);
    }
    return list;
}

static void print_json(json_object *all) {
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

static void tell_step(const noi_stage_result *r, const arguments *a) {
    if (a->json) {
        json_object *all = json_object_new_object();
        json_object_object_add(all, "before", json_object_new_string(noi_stage_key(r->before)));
        json_object_object_add(all, "asked", json_object_new_string(noi_stage_key(r->stage)));
        json_object_object_add(all, "stage", json_object_new_string(noi_stage_key(r->made ? r->stage : r->before)));
        json_object_object_add(all, "made", json_object_new_boolean(r->made));
        json_object_object_add(all, "conditions", conditions_json(r));
        print_json(all);
        return;
    }
    show_conditions(r);
    if (r->made)
        printf(_("%s is %s\n"), a->registry, noi_stage_key(r->stage));
    else if (a->options.dry_run)
        printf(_("This was a dry run: %s stays %s\n"), a->registry, noi_stage_key(r->before));
    else
        printf(_("%s stays %s: not every condition holds\n"), a->registry, noi_stage_key(r->before));
}

typedef struct history {
    bool json;
    json_object *list;
} history;

static void tell_past(void *context, const char *stage, const char *before, const char *conditions,
                      const char *reason, const char *evidence, const char *when, const char *who) {
    history *h = context;
    const char *const fields[][2] = {{"stage", stage},   {"before", before},     {"conditions", conditions},
                                     {"reason", reason}, {"evidence", evidence}, {"when", when}, {"who", who}};
    if (!h->json) {
        printf("%s  %s  %s -> %s  %s%s%s%s%s\n", when, who, before, stage, conditions, *reason ? "  " : "", reason,
               *evidence ? "  " : "", evidence);
        return;
    }
    json_object *one = json_object_new_object();
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        json_object_object_add(one, fields[i][0], json_object_new_string(fields[i][1]));
    json_object_array_add(h->list, one);
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status read_count(int64_t *out, const char *option, const char *text) {
    char *end = NULL;
    if (!text)
        return NOI_OK;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || !*text || *end || value < 0)
        return noi_fail(NOI_ERR_USAGE, _("'%s %s' is not a number of records"), option, text);
    *out = value;
    return NOI_OK;
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const char *limit = NULL, *accept = NULL;
    const cli_option options[] = {{.name = "--evidence", .value = &out->evidence},
                                  {.name = "--limit", .value = &limit},
                                  {.name = "--accept", .value = &accept},
                                  {.name = "--reason", .value = &out->options.reason},
                                  {.name = "--dry-run", .flag = &out->options.dry_run},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "stage", argc, argv, options, sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("stage", &operands, 1, 2));
    out->registry = operands.items[0];
    out->stage = operands.n > 1 ? operands.items[1] : NULL;
    NOI_TRY(read_count(&out->options.limit, "--limit", limit));
    return read_count(&out->options.accept, "--accept", accept);
}

static noi_status make_step(bool *made, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_stage_result_free) noi_stage_result result = {0};
    noi_stage_options options = a->options;
    json_object *kept = NULL;
    noi_stage stage;
    if (!noi_stage_by_key(&stage, a->stage)) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no stage '%s'"), a->stage);
        noi_hint(_("draft, rehearsed, frozen, cut-over, parallel or final"));
        return status;
    }
    noi_status status = read_evidence(&options.evidence, &kept, a->evidence);
    if (status == NOI_OK)
        status = noi_registry_open(&registry, a->registry, options.dry_run ? NOI_OPEN_READ : NOI_OPEN_WRITE);
    if (status == NOI_OK)
        status = noi_stage_step(&result, registry, stage, &options);
    if (status == NOI_OK)
        tell_step(&result, a);
    *made = result.made;
    for (size_t i = 0; options.dry_run && i < result.n; i++)
        *made = i == 0 ? result.items[i].holds : *made && result.items[i].holds;
    json_object_put(kept);
    return status;
}

static noi_status show_stage(const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    history h = {.json = a->json, .list = json_object_new_array()};
    noi_stage now;
    noi_status status = noi_registry_open(&registry, a->registry, NOI_OPEN_READ);
    if (status == NOI_OK)
        status = noi_stage_now(&now, registry);
    if (status == NOI_OK)
        status = noi_stage_steps(registry, tell_past, &h);
    if (status != NOI_OK || !a->json) {
        json_object_put(h.list);
        if (status == NOI_OK)
            printf(_("%s is %s\n"), a->registry, noi_stage_key(now));
        if (status == NOI_OK && now + 1 < NOI_STAGES)
            printf(_("next: noi stage %s %s --dry-run tells what it needs\n"), a->registry, noi_stage_key(now + 1));
        return status;
    }
    json_object *all = json_object_new_object();
    json_object_object_add(all, "stage", json_object_new_string(noi_stage_key(now)));
    json_object_object_add(all, "steps", h.list);
    print_json(all);
    return NOI_OK;
}

int cli_run_stage(int argc, char **argv) {
    arguments a = {0};
    bool help = false, made = true;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = a.stage ? make_step(&made, &a) : show_stage(&a);
    if (status != NOI_OK)
        return cli_fail(status);
    return made ? 0 : 1;
}
