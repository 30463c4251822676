/* rehearse.c: `noi rehearse`: make a synthetic city, go the whole way, show the scorecard. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/trial_show.h"
#include "cli/trials.h"
#include "rehearsal/rehearse.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_SEED "1685" /* the number of the resolution */

static noi_status read_seed(uint64_t *out, const char *text) {
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno || !*text || *end || *text == '-') {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("--seed '%s' is not a whole number"), text);
        noi_hint(_("give a number from 0 to 18446744073709551615"));
        return status;
    }
    *out = value;
    return NOI_OK;
}

static noi_status read_size(noi_city_size *out, const char *text) {
    if (noi_city_size_by_key(out, text))
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("--size '%s' is not known"), text);
    noi_hint(_("say small, district or city"));
    return status;
}

static void show_account(const noi_scorecard *card) {
    printf(
        _("in %llu = assigned %llu + ambiguous %llu + unplaced %llu; rejected %llu; lost %llu\n"),
        (unsigned long long)card->in, (unsigned long long)card->assigned,
        (unsigned long long)card->ambiguous, (unsigned long long)card->unplaced,
        (unsigned long long)card->rejected, (unsigned long long)card->lost);
}

static void show_percent(uint64_t part, uint64_t whole) {
    if (whole == 0)
        printf("       -");
    else
        printf(" %6.2f%%", 100.0 * (double)part / (double)whole);
}

static void show_trap(const char *id, const noi_trap_score *s) {
    printf("%-22s %9llu %9llu %8llu %7llu %8llu %8llu %6llu", id, (unsigned long long)s->n,
           (unsigned long long)s->right, (unsigned long long)s->asked,
           (unsigned long long)s->missed, (unsigned long long)s->unplaced,
           (unsigned long long)s->rejected, (unsigned long long)s->wrong);
    show_percent(s->found, s->decidable);
    show_percent(s->found, s->found + s->wrong);
    printf("\n");
}

/* A heading flush right in its column, by letters: printf would count bytes. */
static void show_heading(const char *text, int width) {
    for (const char *p = text; *p; p++)
        width -= ((unsigned char)*p & 0xC0) != 0x80;
    printf("%*s%s", width > 0 ? width + 1 : 1, "", text);
}

static void show_headings(void) {
    const struct {
        const char *text;
        int width;
    } columns[] = {{_("n"), 9},        {_("right"), 9},    {_("asked"), 8}, {_("missed"), 7},
                   {_("no cand."), 8}, {_("rejected"), 8}, {_("wrong"), 6}, {_("recall"), 7},
                   {_("precis."), 7}};
    printf("\n%-22s", "id");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        show_heading(columns[i].text, columns[i].width);
    printf("\n");
}

static void show_traps(const noi_scorecard *card) {
    show_headings();
    for (int t = 0; t < NOI_N_TRAPS; t++)
        if (card->traps[t].n)
            show_trap(noi_traps[t].id, &card->traps[t]);
    printf(
        _("right: as the answer key has it. asked: queued, the right unit among the candidates.\n"
          "missed: queued without it. no cand.: queued without candidates. wrong: assigned\n"
          "silently to another unit, or although nothing decides.\n"));
}

static void show_draft(const noi_draft_score *draft) {
    printf(_("\nDraft of the new layer: %llu defects planted, %llu found, %llu found that were not "
             "planted\n"),
           (unsigned long long)draft->planted, (unsigned long long)draft->found,
           (unsigned long long)draft->not_planted);
    if (draft->remark[0])
        printf(_("  first of them: %s\n"), draft->remark);
}

static void show_steps(const noi_rehearsal *r) {
    printf("\n");
    printf(_("made the city in %.1f s\n"), r->generate_s);
    for (size_t i = 0; i < r->n_steps; i++) {
        printf("%8.2f s  %-34s", r->steps[i].seconds, r->steps[i].what);
        if (r->steps[i].rows)
            printf(" %10llu", (unsigned long long)r->steps[i].rows);
        printf("\n");
    }
    printf(_("from import to report: %.1f s\n"), r->way_s);
}

static void show(const noi_rehearsal *r) {
    printf(_("Rehearsal of size %s, seed %llu, in %s\n"), noi_city_size_key(r->size),
           (unsigned long long)r->seed, r->folder);
    printf(_("Units and law are real; borders, people and cases are synthetic.\n\n"));
    if (!r->report) {
        printf(_("made the city in %.1f s\n"), r->generate_s);
        return;
    }
    if (r->trial)
        cli_show_scenario(r->trial);
    show_account(&r->card);
    show_traps(&r->card);
    show_draft(&r->card.draft);
    if (r->trial)
        cli_show_trial(r->trial);
    show_steps(r);
    printf(_("\nreport: %s\n"), r->report);
    if (r->trial)
        printf(_("kept as %s; noi rehearse --trials %s shows all of them\n"), r->kept, r->folder);
    if (!noi_rehearsal_passed(r))
        printf(
            _("This rehearsal failed: something was assigned wrongly, or the account does not add "
              "up.\n"));
}

/* The scorecard for machines, with the comparison where there is one. */
static void show_json(json_object *card, json_object *comparison) {
    if (comparison)
        json_object_object_add(card, "against", json_object_get(comparison));
    puts(json_object_to_json_string_ext(card,
                                        JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

/* True when nothing is worse than in the earlier trial, or there is none. */
static bool show_all(const noi_rehearsal *r, json_object *earlier, bool json) {
    NOI_AUTO_BUF noi_buf text = {0};
    noi_rehearsal_json(&text, r);
    json_object *card = json_tokener_parse(text.p);
    json_object *comparison = earlier ? cli_trial_compare(earlier, card) : NULL;
    bool as_good = true;
    if (!json)
        show(r);
    if (!json && comparison)
        as_good = cli_trial_show(comparison);
    if (json && comparison)
        as_good = json_object_array_length(json_object_object_get(comparison, "worse")) == 0;
    if (json && comparison)
        show_json(card, comparison);
    else if (json)
        fwrite(text.p, 1, text.n, stdout);
    json_object_put(comparison);
    json_object_put(card);
    return as_good;
}

static int run(const noi_rehearse_options *options, const char *against, bool json) {
    NOI_AUTO(noi_rehearsal_freep) noi_rehearsal *rehearsal = NULL;
    json_object *earlier = NULL;
    noi_status status = against ? cli_trial_read(&earlier, against) : NOI_OK;
    if (status == NOI_OK)
        status = noi_rehearse(&rehearsal, options);
    bool as_good = status == NOI_OK && show_all(rehearsal, earlier, json);
    json_object_put(earlier);
    if (status != NOI_OK)
        return cli_fail(status);
    return as_good && (options->generate_only || noi_rehearsal_passed(rehearsal)) ? 0 : 1;
}

typedef struct arguments {
    const char *seed, *size, *folder, *against, *scenario, *trials;
    bool json, generate_only, list;
} arguments;

static noi_status read_arguments(arguments *a, bool *help, int argc, char **argv) {
    const cli_option options[] = {{.name = "--seed", .value = &a->seed},
                                  {.name = "--size", .value = &a->size},
                                  {.name = "--out", .value = &a->folder},
                                  {.name = "--against", .value = &a->against},
                                  {.name = "--scenario", .value = &a->scenario},
                                  {.name = "--trials", .value = &a->trials},
                                  {.name = "--list", .flag = &a->list},
                                  {.name = "--json", .flag = &a->json},
                                  {.name = "--generate-only", .flag = &a->generate_only}};
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "rehearse", argc, argv, options,
                      sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("rehearse", &operands, 0, 0));
    if (a->against && a->generate_only)
        return noi_fail(NOI_ERR_USAGE, _("--generate-only scores nothing that --against could compare"));
    return NOI_OK;
}

static int rehearse(const arguments *a) {
    NOI_AUTO(noi_scenario_freep) noi_scenario *scenario = NULL;
    noi_rehearse_options wanted = {.folder = a->folder, .generate_only = a->generate_only};
    noi_status status = read_seed(&wanted.seed, a->seed);
    if (status == NOI_OK)
        status = read_size(&wanted.size, a->size);
    if (status == NOI_OK && a->scenario)
        status = noi_scenario_load(&scenario, a->scenario);
    if (status != NOI_OK)
        return cli_fail(status);
    wanted.scenario = scenario;
    return run(&wanted, a->against, a->json);
}

int cli_run_rehearse(int argc, char **argv) {
    arguments a = {.seed = DEFAULT_SEED, .size = "small", .folder = "rehearsal-city"};
    bool help = false;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK && a.list)
        status = cli_list_scenarios();
    if (status == NOI_OK && !a.list && a.trials)
        status = cli_trials(a.trials, a.json);
    if (status != NOI_OK)
        return cli_fail(status);
    return a.list || a.trials ? 0 : rehearse(&a);
}
