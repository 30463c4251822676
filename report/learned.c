/* learned.c: see learned.h. */
#include "report/learned.h"

#include "base/i18n.h"
#include "plan/lookup.h"
#include "registry/store.h"
#include "report/folder.h"
#include "report/format.h"
#include "report/map_labels.h"

#include <math.h>

#define MAP_WIDTH  330.0
#define MAP_HEIGHT 230.0
#define LEAST_DEG  0.004 /* a map shows at least so much: some 450 m */
#define MOST_MAPS  240
#define MOST_DOTS  1500 /* of one map */

/* By the candidate's place among those of its old unit. */
static const char *const colours[] = {"#1f4e79", "#c2611f", "#3f7d43", "#7a3e9d",
                                      "#a3262e", "#12808a", "#8a6d00", "#555555"};

typedef struct pages {
    const noi_plan *plan;
    const noi_learned *learned;
    noi_layer_row layer;
    noi_coverage *coverage;
    size_t n_maps;
} pages;

static const char *name_of(const noi_plan *plan, uint32_t unit) {
    return noi_plan_text(plan, plan->units[unit].full_name);
}

static const char *colour_of(const noi_plan *plan, uint16_t old_unit, uint16_t new_unit) {
    const noi_plan_unit_row *u = &plan->units[old_unit];
    size_t at = 0;
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *e = &plan->edges[plan->out_edges[u->first_out + i]];
        if (e->new_unit == new_unit)
            break;
        at += e->on == plan->on;
    }
    return colours[at % (sizeof colours / sizeof *colours)];
}

/* ---- the map of a rule ----------------------------------------------------------------------- */

typedef struct evidence {
    const noi_learned_point *points;
    size_t n;
    bool *holds, *near; /* the rule holds; the address is of its street or hamlet */
} evidence;

static evidence evidence_of(const noi_learned *learned, const noi_learned_unit *unit,
                            const noi_plan_source_rule *rule) {
    evidence e = {.points = learned->points + unit->first_point, .n = unit->n_points};
    noi_plan_source_rule whole = {.street = rule->street,
                                  .hamlet = rule->street && *rule->street ? NULL : rule->hamlet};
    e.holds = noi_alloc_zero(e.n + 1, sizeof *e.holds);
    e.near = noi_alloc_zero(e.n + 1, sizeof *e.near);
    noi_learned_mark(e.holds, rule, e.points, e.n);
    noi_learned_mark(e.near, &whole, e.points, e.n);
    return e;
}

static bool bounds_of(double b[4], const evidence *e) {
    b[0] = b[1] = INFINITY;
    b[2] = b[3] = -INFINITY;
    for (size_t i = 0; i < e->n; i++) {
        if (!e->near[i] && !e->holds[i])
            continue;
        b[0] = fmin(b[0], e->points[i].lon);
        b[1] = fmin(b[1], e->points[i].lat);
        b[2] = fmax(b[2], e->points[i].lon);
        b[3] = fmax(b[3], e->points[i].lat);
    }
    double wide = fmax(0.15 * (b[2] - b[0]), (LEAST_DEG - (b[2] - b[0])) / 2);
    double high = fmax(0.15 * (b[3] - b[1]), (LEAST_DEG - (b[3] - b[1])) / 2);
    b[0] -= wide;
    b[1] -= high;
    b[2] += wide;
    b[3] += high;
    return isfinite(b[0]);
}

static void draw_dots(noi_buf *out, const noi_view *view, const noi_plan *plan, const evidence *e,
                      bool holding) {
    size_t drawn = 0;
    for (size_t i = 0; i < e->n && drawn < MOST_DOTS; i++) {
        const noi_learned_point *p = &e->points[i];
        if (holding ? !e->holds[i] : e->holds[i] || !e->near[i])
            continue;
        const char *colour = colour_of(plan, p->old_unit, p->new_unit);
        noi_buf_printf(out,
                       "<circle class=\"%s\" style=\"fill:%s;stroke:%s\" cx=\"%.1f\" cy=\"%.1f\" "
                       "r=\"%s\"/>\n",
                       !holding ? "other" : p->is_held ? "held" : "taught", colour,
                       !holding ? "none" : p->is_held ? colour : "#fff", noi_view_x(view, p->lon),
                       noi_view_y(view, p->lat), holding ? "2.6" : "1.6");
        drawn++;
    }
}

static void label_units(noi_buf *out, const noi_view *view, const pages *p) {
    noi_labels labels = {.n = 0};
    for (uint32_t u = 0; u < p->coverage->n_units; u++) {
        uint16_t unit = noi_plan_find(p->plan, p->coverage->unit_code[u], p->plan->on);
        if (unit != NOI_NO_UNIT && noi_unit_in_view(view, p->coverage, u))
            noi_label_unit(out, &labels, view, p->coverage, u, noi_str_of(name_of(p->plan, unit)));
    }
}

static void draw_map(noi_buf *out, const pages *p, const evidence *e, const char *title) {
    double bounds[4];
    if (!bounds_of(bounds, e))
        return;
    noi_view view = noi_view_fit(bounds, MAP_WIDTH, MAP_HEIGHT, 6);
    noi_svg_begin(out, &view, "map", title);
    for (uint32_t u = 0; u < p->coverage->n_units; u++)
        noi_svg_unit(out, &view, p->coverage, u, "unit", NULL);
    draw_dots(out, &view, p->plan, e, false);
    draw_dots(out, &view, p->plan, e, true);
    label_units(out, &view, p);
    noi_svg_scale(out, &view);
    if (p->layer.synthetic)
        noi_svg_text(out, MAP_WIDTH - 6, MAP_HEIGHT - 6, "synthetic",
                     noi_str_of(_("synthetic borders")));
    noi_svg_end(out);
}

/* What the rule states, where it leads, and on what it stands. */
static void caption(noi_buf *out, const pages *p, const noi_learned_rule *l, const char *words) {
    char support[32], purity[32];
    noi_buf_printf(out, "<figcaption%s><b>", l->fate == NOI_LEARN_USED ? "" : " class=\"unused\"");
    noi_html_text(out, noi_str_of(words));
    noi_buf_add_str(out, "</b> → ");
    noi_html_text(out, noi_str_of(name_of(p->plan, l->rule.new_unit)));
    noi_buf_add_str(out, "<br>");
    noi_buf_printf(out, _("source: noi learn; %s addresses, purity %s; held out: %u of %u right"),
                   noi_number(support, l->rule.support), noi_decimal(purity, l->rule.purity, 3),
                   l->held_right, l->held);
    if (l->fate != NOI_LEARN_USED)
        noi_buf_printf(out, "<br>%s: %s", _("not used"), noi_learn_fate_sentence(l->fate));
    noi_buf_add_str(out, "</figcaption>");
}

static void rule_figure(noi_buf *out, pages *p, const noi_learned_unit *unit,
                        const noi_learned_rule *l) {
    NOI_AUTO_BUF noi_buf words = {0};
    noi_source_rule_in_words(&words, &l->rule);
    evidence e = evidence_of(p->learned, unit, &l->rule);
    noi_buf_add_str(out, "<figure class=\"place\">");
    draw_map(out, p, &e, words.p);
    caption(out, p, l, words.p);
    noi_buf_add_str(out, "</figure>\n");
    free(e.holds);
    free(e.near);
    p->n_maps++;
}

/* ---- the page -------------------------------------------------------------------------------- */

static void legend(noi_buf *out, const noi_plan *plan, uint16_t old_unit) {
    const noi_plan_unit_row *u = &plan->units[old_unit];
    noi_buf_add_str(out, "<p class=\"legend\">");
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *e = &plan->edges[plan->out_edges[u->first_out + i]];
        if (e->on != plan->on)
            continue;
        noi_buf_printf(out,
                       "<span><svg viewBox=\"0 0 14 10\"><circle style=\"fill:%s\" cx=\"7\" "
                       "cy=\"5\" r=\"3\"/></svg>",
                       colour_of(plan, old_unit, e->new_unit));
        noi_html_text(out, noi_str_of(name_of(plan, e->new_unit)));
        noi_buf_add_str(out, "</span>");
    }
    noi_buf_add_str(out, "</p>\n");
}

static void unit_section(noi_buf *out, pages *p, const noi_learned_unit *unit) {
    char share[32];
    NOI_AUTO_BUF noi_buf name = {0};
    noi_unit_in_words(&name, p->plan, unit->old_unit);
    noi_buf_add_str(out, "<section><h2>");
    noi_html_text(out, noi_buf_view(&name));
    noi_buf_add_str(out, "</h2>\n<p>");
    noi_buf_printf(out,
                   _("%u addresses taught. Of %u held out the rules decide %u (%s), %u of them "
                     "right."),
                   unit->taught, unit->held, unit->decided,
                   noi_percent(share, unit->decided, unit->held), unit->right);
    noi_buf_add_str(out, "</p>\n");
    legend(out, p->plan, unit->old_unit);
    noi_buf_add_str(out, "<div class=\"places\">\n");
    for (int used = 1; used >= 0; used--)
        for (size_t i = 0; i < p->learned->n_rules && p->n_maps < MOST_MAPS; i++) {
            const noi_learned_rule *l = &p->learned->rules[i];
            if (l->rule.old_unit == unit->old_unit && (l->fate == NOI_LEARN_USED) == used &&
                l->fate != NOI_LEARN_FEW)
                rule_figure(out, p, unit, l);
        }
    noi_buf_add_str(out, "</div></section>\n");
}

static void write_page(noi_buf *out, pages *p) {
    const noi_learned *learned = p->learned;
    noi_page_begin(out, "learn", _("Rules for parts of split wards: the evidence"), "report/assets/learned.css");
    noi_buf_printf(out, "<header><h1>%s</h1><p>", _("Rules for parts of split wards: the evidence"));
    noi_buf_add_str(out, _("A dot is an address whose point lies clear of the new borders, in the "
                           "colour of the unit that it lies in: full where it taught the rule, pale "
                           "with a ring where it was held out, small where it is of the same street "
                           "and the rule does not hold for it."));
    noi_buf_add_str(out, "</p></header>\n");
    for (int used = 1; used >= 0; used--)
        for (size_t i = 0; i < learned->n_units; i++)
            if ((learned->units[i].n_rules > 0) == used &&
                learned->units[i].n_rules + learned->units[i].n_left_out > 0)
                unit_section(out, p, &learned->units[i]);
    if (p->n_maps == MOST_MAPS)
        noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                       _("Not all maps are shown here; 'noi learn --json' lists all rules."));
    noi_page_end(out);
}

noi_status noi_report_learned(const char *path, noi_registry *registry, const noi_plan *plan,
                              const noi_learned *learned) {
    NOI_AUTO(noi_folder_closep) noi_folder *folder = NULL;
    NOI_AUTO(noi_coverage_freep) noi_coverage *coverage = NULL;
    NOI_AUTO_FREE int64_t *ids = NULL;
    NOI_AUTO_BUF noi_buf page = {0};
    pages p = {.plan = plan, .learned = learned};
    bool found = false;
    NOI_TRY(noi_layer_find(&p.layer, &found, registry, plan->on));
    if (!found)
        return noi_fail(NOI_ERR_INPUT, _("%s holds no layer of the new units: no point tells which "
                                         "unit it lies in"),
                        noi_registry_path(registry));
    NOI_TRY(noi_layer_load(&coverage, &ids, registry, p.layer.id));
    p.coverage = coverage;
    NOI_TRY(noi_folder_begin(&folder, path, "learn", "--report"));
    write_page(&page, &p);
    NOI_TRY(noi_folder_page(folder, noi_buf_view(&page)));
    return noi_folder_commit(folder);
}
