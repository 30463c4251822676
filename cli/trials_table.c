/*
 * trials_table.c: all trials of a rehearsal's folder: a table, the same for machines, and a page. A trial
 * is held against the one before it of the same city: seed, size and scenario.
 */
#include "cli/trials.h"

#include "base/file.h"
#include "base/i18n.h"
#include "rehearsal/trial.h"
#include "report/folder.h"
#include "report/format.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct trial {
    int number;
    json_object *card;
    json_object *comparison; /* with the one before it of the same city; NULL for the first */
    int against;
    size_t worse, better;
} trial;

typedef struct trials {
    trial *items;
    size_t n, capacity;
} trials;

static void trials_clear(trials *all) {
    for (size_t i = 0; i < all->n; i++) {
        json_object_put(all->items[i].card);
        json_object_put(all->items[i].comparison);
    }
    free(all->items);
}

/* ---- reading --------------------------------------------------------------------------------- */

static void compare(trials *all, trial *now) {
    for (size_t i = all->n - 1; i-- > 0;) {
        const trial *before = &all->items[i];
        if (!cli_trial_same_city(before->card, now->card))
            continue;
        now->comparison = cli_trial_compare(before->card, now->card);
        now->against = before->number;
        now->worse = json_object_array_length(cli_trial_member(now->comparison, "worse"));
        now->better = json_object_array_length(cli_trial_member(now->comparison, "better"));
        return;
    }
}

static noi_status read_all(trials *all, const char *folder) {
    int newest = noi_trial_newest(folder);
    for (int number = 1; number <= newest; number++) {
        NOI_AUTO_FREE char *path = noi_format("%s/trials/%d.json", folder, number);
        if (access(path, F_OK) != 0)
            continue; /* somebody removed it */
        json_object *card = NULL;
        NOI_TRY(cli_trial_read(&card, path));
        NOI_GROW(all->items, all->capacity, all->n + 1);
        all->items[all->n++] = (trial){.number = number, .card = card};
        compare(all, &all->items[all->n - 1]);
    }
    if (all->n)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s holds no trials"), folder);
    noi_hint(_("name the folder of a rehearsal: noi rehearse --out %s makes its first trial"), folder);
    return status;
}

/* ---- what a trial says ----------------------------------------------------------------------- */

static int64_t number_of(const trial *t, const char *path) {
    return json_object_get_int64(cli_trial_member(t->card, path));
}

static const char *text_of(const trial *t, const char *path) {
    const char *text = json_object_get_string(cli_trial_member(t->card, path));
    return text ? text : "";
}

static double seconds_of(const trial *t) {
    return json_object_get_double(cli_trial_member(t->card, "seconds"));
}

static int64_t sum_of(const trial *t, const char *list, const char *key) {
    json_object *items = cli_trial_member(t->card, list);
    int64_t sum = 0;
    for (size_t i = 0; items && i < json_object_array_length(items); i++)
        sum += json_object_get_int64(cli_trial_member(json_object_array_get_idx(items, i), key));
    return sum;
}

/* "six"; without a scenario all units took part, and nobody decided. */
static const char *name_of(const trial *t) {
    const char *name = text_of(t, "scenario/name");
    return *name ? name : _("none");
}

/* Silent errors, lost records, defects of the draft that were not found, or something of the scenario that
 * did not hold. Scorecards of before say less. */
static bool is_bad(const trial *t) {
    json_object *passed = cli_trial_member(t->card, "passed");
    return passed ? !json_object_get_boolean(passed)
                  : sum_of(t, "traps", "wrong") || number_of(t, "lost");
}

/* ---- for people ------------------------------------------------------------------------------ */

static void show_heading(const char *text, int width) {
    for (const char *p = text; *p; p++)
        width -= ((unsigned char)*p & 0xC0) != 0x80;
    printf("%s%*s", text, width > 0 ? width : 0, "");
}

static void show_right(const char *text, int width) {
    for (const char *p = text; *p; p++)
        width -= ((unsigned char)*p & 0xC0) != 0x80;
    printf("%*s%s", width > 0 ? width : 1, "", text);
}

static void show_headings(void) {
    const char *const numbers[] = {_("seconds"),  _("in"),       _("assigned"), _("waiting"),
                                   _("decided"),  _("left"),     _("wrong"),    _("lost"),
                                   _("findings"), _("worse than before")};
    show_heading(_("trial"), 7);
    show_heading(_("scenario"), 12);
    show_heading(_("size"), 10);
    show_heading(_("seed"), 8);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        show_right(numbers[i], i == 9 ? 20 : 10);
    putchar('\n');
}

static void show_trial(const trial *t) {
    bool people = cli_trial_member(t->card, "scenario/people") != NULL;
    int64_t waiting = number_of(t, "account/ambiguous") + number_of(t, "account/unplaced");
    printf("%-7d%-12s%-10s%-8s%10.1f%10lld%10lld%10lld", t->number, name_of(t), text_of(t, "size"),
           text_of(t, "seed"), seconds_of(t), (long long)number_of(t, "account/in"),
           (long long)number_of(t, "account/assigned"), (long long)waiting);
    if (people)
        printf("%10lld%10lld", (long long)number_of(t, "scenario/people/answered"),
               (long long)number_of(t, "scenario/people/waiting_after"));
    else
        printf("%10s%10s", "-", "-");
    printf("%10lld%10lld%10lld", (long long)sum_of(t, "traps", "wrong"),
           (long long)number_of(t, "lost"), (long long)sum_of(t, "findings", "n"));
    if (!t->comparison)
        printf("%20s", "-");
    else
        printf("%20zu", t->worse);
    printf("%s\n", is_bad(t) ? "  ✗" : t->worse ? "  ▼" : t->better ? "  ▲" : "");
}

static void show_regressions(const trial *t) {
    json_object *worse = t->comparison ? cli_trial_member(t->comparison, "worse") : NULL;
    for (size_t i = 0; worse && i < json_object_array_length(worse); i++) {
        json_object *item = json_object_array_get_idx(worse, i);
        const char *before = json_object_get_string(cli_trial_member(item, "before"));
        const char *now = json_object_get_string(cli_trial_member(item, "now"));
        printf(_("  trial %d against trial %d: %s %s → %s\n"), t->number, t->against,
               json_object_get_string(cli_trial_member(item, "what")), before && *before ? before : "-",
               now && *now ? now : "-");
    }
    if (*text_of(t, "scenario/failures"))
        printf(_("  trial %d: this did not hold: %s\n"), t->number, text_of(t, "scenario/failures"));
}

static void show(const trials *all, const char *page) {
    show_headings();
    for (size_t i = 0; i < all->n; i++)
        show_trial(&all->items[i]);
    puts(_("✗ failed   ▼ something is worse than in the trial before of the same city   ▲ better"));
    show_regressions(&all->items[all->n - 1]); /* the others stand on the page */
    printf(_("page: %s\n"), page);
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void show_json(const trials *all) {
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < all->n; i++) {
        const trial *t = &all->items[i];
        json_object *o = json_object_new_object();
        json_object_object_add(o, "trial", json_object_new_int(t->number));
        json_object_object_add(o, "against", t->comparison ? json_object_new_int(t->against) : NULL);
        json_object_object_add(o, "comparison", json_object_get(t->comparison));
        json_object_object_add(o, "failed", json_object_new_boolean(is_bad(t)));
        json_object_object_add(o, "card", json_object_get(t->card));
        json_object_array_add(list, o);
    }
    puts(json_object_to_json_string_ext(list, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(list);
}

/* ---- the page -------------------------------------------------------------------------------- */

static void add_bar(noi_buf *out, const char *kind, double share) {
    if (share > 0)
        noi_buf_printf(out, "<i class=\"%s\" style=\"width:%.2f%%\"></i>", kind, 100 * share);
}

/* Assigned at once, gained by people, left; as shares of what came in. */
static void add_account_bar(noi_buf *out, const trial *t) {
    bool people = cli_trial_member(t->card, "scenario/people") != NULL;
    double in = (double)number_of(t, "account/in");
    double first = (double)number_of(t, "account/assigned");
    double last = people ? (double)number_of(t, "scenario/people/account/assigned") : first;
    if (in <= 0)
        return;
    noi_buf_add_str(out, "<span class=\"bar\">");
    add_bar(out, "first", first / in);
    add_bar(out, "people", (last - first) / in);
    add_bar(out, "left", (in - last) / in);
    noi_buf_add_str(out, "</span>");
}

static void add_cell(noi_buf *out, const char *text) {
    noi_buf_add_str(out, "<td>");
    noi_html_text(out, noi_str_of(text));
    noi_buf_add_str(out, "</td>");
}

static double longest(const trials *all) {
    double most = 0.001;
    for (size_t i = 0; i < all->n; i++)
        if (seconds_of(&all->items[i]) > most)
            most = seconds_of(&all->items[i]);
    return most;
}

static void add_row(noi_buf *out, const trial *t, double most) {
    bool people = cli_trial_member(t->card, "scenario/people") != NULL;
    char text[32];
    noi_buf_printf(out, "<tr%s><td class=\"n\">%s%d</td>", is_bad(t) ? " class=\"bad\"" : "",
                   is_bad(t) ? "✗ " : "", t->number);
    add_cell(out, name_of(t));
    add_cell(out, text_of(t, "size"));
    add_cell(out, text_of(t, "seed"));
    noi_buf_printf(out, "<td class=\"n time\">%s<span class=\"bar\">",
                   noi_decimal(text, seconds_of(t), 1));
    add_bar(out, "time", seconds_of(t) / most);
    noi_buf_add_str(out, "</span></td>");
    noi_html_number(out, number_of(t, "account/in"));
    noi_buf_add_str(out, "<td class=\"account\">");
    add_account_bar(out, t);
    noi_buf_add_str(out, "</td>");
    noi_html_number(out, number_of(t, "account/ambiguous") + number_of(t, "account/unplaced"));
    if (people) {
        noi_html_number(out, number_of(t, "scenario/people/answered"));
        noi_html_number(out, number_of(t, "scenario/people/waiting_after"));
    } else {
        noi_buf_add_str(out, "<td class=\"n\">–</td><td class=\"n\">–</td>");
    }
    noi_html_number(out, sum_of(t, "traps", "wrong"));
    noi_html_number(out, number_of(t, "lost"));
    noi_html_number(out, sum_of(t, "findings", "n"));
    if (t->comparison)
        noi_buf_printf(out, "<td class=\"%s\">%s%zu (#%d)</td></tr>\n",
                       t->worse ? "worse" : t->better ? "better" : "",
                       t->worse ? "▼ " : t->better ? "▲ " : "", t->worse, t->against);
    else
        noi_buf_add_str(out, "<td>–</td></tr>\n");
}

static void add_table(noi_buf *out, const trials *all) {
    const struct {
        const char *text;
        bool is_number;
    } headings[] = {{"#", true},           {_("scenario"), false}, {_("size"), false},
                    {_("seed"), false},    {_("seconds"), true},   {_("in"), true},
                    {_("account"), false}, {_("waiting"), true},   {_("decided"), true},
                    {_("left"), true},     {_("wrong"), true},     {_("lost"), true},
                    {_("findings"), true}, {_("worse than before"), false}};
    double most = longest(all);
    noi_buf_add_str(out, "<table class=\"dense trials\"><thead><tr>");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        noi_buf_printf(out, "<th%s>%s</th>", headings[i].is_number ? " class=\"n\"" : "", headings[i].text);
    noi_buf_add_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < all->n; i++)
        add_row(out, &all->items[i], most);
    noi_buf_add_str(out, "</tbody></table>\n");
    noi_buf_printf(out,
                   "<p class=\"legend\"><i class=\"first\"></i> %s <i class=\"people\"></i> %s "
                   "<i class=\"left\"></i> %s</p>\n",
                   _("assigned at once"), _("assigned after people decided"), _("still waiting"));
}

static void add_changes(noi_buf *out, json_object *comparison, const char *key, const char *title) {
    json_object *list = cli_trial_member(comparison, key);
    if (!list || json_object_array_length(list) == 0)
        return;
    noi_buf_printf(out, "<h4 class=\"%s\">%s</h4><ul>", key, title);
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        json_object *item = json_object_array_get_idx(list, i);
        const char *before = json_object_get_string(cli_trial_member(item, "before"));
        const char *now = json_object_get_string(cli_trial_member(item, "now"));
        NOI_AUTO_FREE char *line =
            noi_format("%s: %s → %s", json_object_get_string(cli_trial_member(item, "what")),
                       before && *before ? before : "–", now && *now ? now : "–");
        noi_buf_add_str(out, "<li>");
        noi_html_text(out, noi_str_of(line));
        noi_buf_add_str(out, "</li>");
    }
    noi_buf_add_str(out, "</ul>\n");
}

static void add_findings(noi_buf *out, const trial *t) {
    json_object *list = cli_trial_member(t->card, "findings");
    noi_buf_printf(out, "<p class=\"rules\">%s: ", _("findings"));
    for (size_t i = 0; list && i < json_object_array_length(list); i++) {
        json_object *one = json_object_array_get_idx(list, i);
        char n[32];
        noi_buf_printf(out, "<span><b>%s</b> %s</span> ",
                       json_object_get_string(cli_trial_member(one, "rule")),
                       noi_number(n, json_object_get_int64(cli_trial_member(one, "n"))));
    }
    noi_buf_add_str(out, "</p>\n");
}

static const char *bytes_as(const trial *t, const char *path) {
    return json_object_get_boolean(cli_trial_member(t->card, path)) ? _("the same bytes as")
                                                                    : _("OTHER BYTES than");
}

static void add_line(noi_buf *out, char *line) {
    noi_buf_add_str(out, "<li>");
    noi_html_text(out, noi_str_of(line));
    noi_buf_add_str(out, "</li>\n");
    free(line);
}

static void add_faults(noi_buf *out, const trial *t) {
    json_object *kills = cli_trial_member(t->card, "scenario/killed/at");
    NOI_AUTO_BUF noi_buf at = {0};
    for (size_t i = 0; json_object_is_type(kills, json_type_array) && i < json_object_array_length(kills); i++)
        noi_buf_printf(&at, "%s%lld", i ? ", " : "",
                       (long long)json_object_get_int64(json_object_array_get_idx(kills, i)));
    if (at.n)
        add_line(out, noi_format(_("merge killed at record %s and resumed: %s one that was not killed"), at.p,
                                 bytes_as(t, "scenario/killed/same_bytes")));
    if (cli_trial_member(t->card, "scenario/undone"))
        add_line(out, noi_format(_("unit %s taken back (%lld verdicts) and given back: %s before"),
                                 text_of(t, "scenario/undone/unit"),
                                 (long long)number_of(t, "scenario/undone/verdicts"),
                                 bytes_as(t, "scenario/undone/same_bytes")));
    if (cli_trial_member(t->card, "scenario/reissued_layer"))
        add_line(out, noi_format(_("re-issued layer: %lld records would get another answer by it"),
                                 (long long)number_of(t, "scenario/reissued_layer/would_move")));
    if (cli_trial_member(t->card, "scenario/second_handover")) {
        bool alone = json_object_get_boolean(
            cli_trial_member(t->card, "scenario/second_handover/nothing_else"));
        add_line(out, noi_format(_("second handover on %s: intake of %lld cases moved to the city's centre; %s"),
                                 text_of(t, "scenario/second_handover/day"),
                                 (long long)number_of(t, "scenario/second_handover/intakes"),
                                 alone ? _("nothing else changed") : _("OTHER THINGS CHANGED")));
    }
}

static void add_people(noi_buf *out, const trial *t) {
    if (!cli_trial_member(t->card, "scenario/people"))
        return;
    add_line(out, noi_format(_("%lld records waited: %lld with officers who were away, %lld that nobody can know, %lld answered, of them %lld wrongly"),
                             (long long)number_of(t, "scenario/people/waiting"),
                             (long long)number_of(t, "scenario/people/absent"),
                             (long long)number_of(t, "scenario/people/unknowable"),
                             (long long)number_of(t, "scenario/people/answered"),
                             (long long)number_of(t, "scenario/people/wrong_answers")));
    add_line(out, noi_format(_("new units gained: right %lld, wrong %lld (decided wrongly themselves %lld, by what they refer to %lld, unexplained %lld)"),
                             (long long)number_of(t, "scenario/people/gained_right"),
                             (long long)number_of(t, "scenario/people/gained_wrong"),
                             (long long)number_of(t, "scenario/people/wrong_own"),
                             (long long)number_of(t, "scenario/people/wrong_following"),
                             (long long)number_of(t, "scenario/people/wrong_untraced")));
    add_line(out, noi_format(_("taken back: %s before; and again: %s after"),
                             bytes_as(t, "scenario/people/taken_back_to_same_bytes"),
                             bytes_as(t, "scenario/people/again_to_same_bytes")));
}

static void add_scenario(noi_buf *out, const trial *t) {
    if (!cli_trial_member(t->card, "scenario"))
        return;
    noi_buf_add_str(out, "<ul>\n");
    add_faults(out, t);
    add_people(out, t);
    noi_buf_add_str(out, "</ul>\n");
}

static void add_trial(noi_buf *out, const trial *t) {
    const char *vi = text_of(t, "scenario/title_vi");
    const char *title = noi_scenario_title(text_of(t, "scenario/title"), *vi ? vi : NULL);
    noi_buf_printf(out, "<h3>%d. ", t->number);
    noi_html_text(out, noi_str_of(*title ? title : name_of(t)));
    noi_buf_add_str(out, "</h3>\n");
    if (*text_of(t, "scenario/failures")) {
        noi_buf_printf(out, "<p class=\"proof bad\">%s: ", _("this did not hold"));
        noi_html_text(out, noi_str_of(text_of(t, "scenario/failures")));
        noi_buf_add_str(out, "</p>\n");
    }
    add_scenario(out, t);
    add_findings(out, t);
    if (!t->comparison)
        return;
    NOI_AUTO_FREE char *against = noi_format(_("against trial %d"), t->against);
    noi_buf_printf(out, "<p class=\"remark\">%s%s%s</p>\n", against, t->worse || t->better ? "" : ": ",
                   t->worse || t->better ? "" : _("every answer as before"));
    add_changes(out, t->comparison, "worse", _("worse"));
    add_changes(out, t->comparison, "better", _("better"));
    add_changes(out, t->comparison, "findings", _("findings of a rule that are more or fewer"));
    add_changes(out, t->comparison, "steps", _("seconds that differ by a quarter or more"));
}

static noi_status write_page(const char *path, const trials *all) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO_BUF noi_buf page = {0};
    noi_page_begin(&page, "trials", _("Trials of the rehearsal"), "report/assets/trials.css");
    noi_buf_printf(&page,
                   "<header><p class=\"eyebrow\">noi %s</p><h1>%s</h1>\n<p class=\"banner\">%s</p></header>\n"
                   "<main>\n",
                   NOI_VERSION, _("Trials of the rehearsal"),
                   _("Units and law are real; borders, people and cases are synthetic."));
    add_table(&page, all);
    for (size_t i = all->n; i-- > 0;)
        add_trial(&page, &all->items[i]);
    noi_buf_add_str(&page, "</main>\n");
    noi_page_end(&page);
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, page.p, page.n));
    return noi_out_commit(out);
}

noi_status cli_trials(const char *folder, bool json) {
    NOI_AUTO(trials_clear) trials all = {0};
    NOI_AUTO_FREE char *page = noi_format("%s/trials/index.html", folder);
    NOI_TRY(read_all(&all, folder));
    NOI_TRY(write_page(page, &all));
    if (json)
        show_json(&all);
    else
        show(&all, page);
    return NOI_OK;
}
