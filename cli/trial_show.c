/* trial_show.c: see trial_show.h. */
#include "cli/trial_show.h"

#include "base/i18n.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A line of a list. */
static void NOI_PRINTF(1, 2) say(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("  ", stdout);
    vprintf(format, values);
    putchar('\n');
    va_end(values);
}

void cli_show_scenario(const noi_trial *t) {
    printf(_("Scenario %s: %s; new units that take part: %zu\n"), t->name, noi_scenario_title(t->title, t->title_vi), t->n_units);
}

static const char *bytes_as(bool same) {
    return same ? _("the same bytes as") : _("OTHER BYTES than");
}

static void show_balance(const noi_trial *t) {
    if (t->imbalances)
        say(_("in is NOT out in %lld places"), (long long)t->imbalances);
    else
        say(_("in = out for every file, unit and column, after all of it"));
}

static void show_faults(const noi_trial *t) {
    NOI_AUTO_BUF noi_buf at = {0};
    for (size_t i = 0; i < t->n_kills; i++)
        noi_buf_printf(&at, "%s%lld", i ? ", " : "", (long long)t->killed_at[i]);
    if (t->n_kills)
        say(_("merge killed at record %s and resumed: %s one that was not killed"), at.p,
            bytes_as(t->same_after_kill));
    if (t->undone_unit[0])
        say(_("unit %s taken back (%lld verdicts) and given back: %s before"), t->undone_unit,
            (long long)t->undone, bytes_as(t->same_after_redo));
    if (t->reissued)
        say(_("re-issued layer: %lld records would get another answer by it"),
            (long long)t->would_move);
    if (t->second_handover != NOI_DAY_NONE) {
        char day[12];
        if (t->later)
            say(_("cases received since the change: %lld, of them %lld at their commune, %lld at a wrong one, the others of departments"),
                (long long)t->later, (long long)t->later_right, (long long)t->later_wrong);
        say(_("second handover on %s: intake of %lld cases moved to the city's centre; %s"),
            noi_day_format(day, t->second_handover), (long long)t->moved_intakes,
            t->nothing_else_moved ? _("nothing else changed") : _("OTHER THINGS CHANGED"));
    }
    say(t->tampered ? _("ledger: %lld entries, BROKEN") : _("ledger: %lld entries, unbroken"),
        (long long)t->entries);
    show_balance(t);
}

static void show_decided(const noi_trial *t) {
    bool first = true;
    printf("  %s: ", _("what became of their answers"));
    for (int i = 0; i < NOI_DECIDE_RESULTS; i++) {
        if (t->decided.of[i] == 0)
            continue;
        printf("%s%lld %s", first ? "" : "; ", (long long)t->decided.of[i],
               noi_decide_words((noi_decide_result)i));
        first = false;
    }
    puts(first ? "-" : "");
}

/* Rules about decisions that found something. */
static void show_findings(const noi_validation *v) {
    bool first = true;
    printf("  %s: ", _("findings about decisions"));
    for (size_t i = 0; i < v->n; i++) {
        if (v->rule[i]->id[0] != 'D' || v->findings[i] == 0)
            continue;
        printf("%s%s %lld (%s)", first ? "" : "; ", v->rule[i]->id, (long long)v->findings[i],
               _(v->rule[i]->title));
        first = false;
    }
    puts(first ? "-" : "");
}

static void show_people(const noi_trial *t) {
    printf("\n%s\n", _("People"));
    say(_("%lld records waited: %lld with officers who were away, %lld that nobody can know, %lld answered, of them %lld wrongly"),
        (long long)t->waiting, (long long)t->absent, (long long)t->unknowable,
        (long long)t->answered, (long long)t->wrong_answers);
    show_decided(t);
    say(_("merged again: in %llu = assigned %llu + ambiguous %llu + unplaced %llu; left waiting %lld"),
        (unsigned long long)t->after.in[0], (unsigned long long)t->after.assigned[0],
        (unsigned long long)t->after.ambiguous[0], (unsigned long long)t->after.unplaced[0],
        (long long)t->waiting_after);
    say(_("new units gained: right %lld, wrong %lld (decided wrongly themselves %lld, by what they refer to %lld, unexplained %lld)"),
        (long long)t->gained_right, (long long)t->gained_wrong, (long long)t->wrong_own,
        (long long)t->wrong_following, (long long)t->wrong_untraced);
    show_findings(&t->validation);
    say(_("taken back: %s before; and again: %s after"),
        bytes_as(t->same_after_taking_back), bytes_as(t->same_after_deciding_again));
}

void cli_show_trial(const noi_trial *t) {
    NOI_AUTO_BUF noi_buf failures = {0};
    printf("\n%s\n", _("Faults"));
    show_faults(t);
    if (t->people)
        show_people(t);
    if (noi_trial_failures(&failures, t))
        printf(_("\nThis did not hold: %s\n"), failures.p);
}

noi_status cli_list_scenarios(void) {
    size_t position = 0;
    do {
        NOI_AUTO(noi_scenario_freep) noi_scenario *s = NULL;
        NOI_TRY(noi_scenario_next(&s, &position));
        if (s)
            printf("%-10s  %s\n", s->name, noi_scenario_title(s->title, s->title_vi));
    } while (position);
    return NOI_OK;
}
