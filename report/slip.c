/* slip.c: see slip.h. */
#include "report/slip.h"

#include "base/i18n.h"
#include "report/folder.h"
#include "report/format.h"

#include <string.h>

static void row(noi_buf *out, const char *label, const char *kind, noi_str value) {
    if (value.n == 0)
        return;
    noi_buf_printf(out, "<dt>%s</dt><dd class=\"%s\">", label, kind);
    noi_html_text(out, value);
    noi_buf_add_str(out, "</dd>\n");
}

static void unit_row(noi_buf *out, const char *label, const char *kind, const noi_plan *plan,
                     uint16_t unit) {
    NOI_AUTO_BUF noi_buf name = {0};
    if (unit == NOI_NO_UNIT)
        return;
    noi_unit_in_words(&name, plan, unit);
    row(out, label, kind, noi_buf_view(&name));
}

static void code_row(noi_buf *out, const char *label, const noi_plan *plan, uint16_t unit) {
    char code[8];
    if (unit != NOI_NO_UNIT)
        row(out, label, "code", noi_str_of(noi_code_format(code, plan->units[unit].code)));
}

/* "1/7/2025" in Vietnamese papers, 2025-07-01 elsewhere: the translation of this one decides. */
static void day_row(noi_buf *out, const char *label, noi_day day) {
    char text[12];
    noi_day_format(text, day);
    NOI_AUTO_FREE char *shown = noi_format(_("%.4s-%.2s-%.2s"), text, text + 5, text + 8);
    row(out, label, "", noi_str_of(shown));
}

/* Who makes resolutions with such a number; "" when the number does not tell. */
static const char *issuer(const char *resolution) {
    return strstr(resolution, "UBTVQH") ? _("of the Standing Committee of the National Assembly") : "";
}

static void law(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    noi_edge_info edge;
    NOI_AUTO_BUF noi_buf words = {0};
    noi_verdict_in_words(&words, plan, v);
    noi_buf_printf(out, "<p class=\"law\">%s: ", _("Grounds"));
    noi_html_text(out, noi_buf_view(&words));
    bool known = v->edge >= 0 && noi_plan_edge(&edge, plan, v->edge) == NOI_OK;
    if (known && *edge.clause && *issuer(edge.resolution))
        noi_buf_printf(out, " %s", issuer(edge.resolution));
    noi_buf_add_str(out, ".</p>\n");
}

static void notes(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    for (uint32_t left = v->warnings; left; left &= left - 1) {
        NOI_AUTO_BUF noi_buf text = {0};
        noi_warning_in_words(&text, plan, v, (noi_warning)(left & -left));
        noi_buf_printf(out, "<p class=\"note\">%s: ", _("Note"));
        noi_html_text(out, noi_buf_view(&text));
        noi_buf_add_str(out, ".</p>\n");
    }
}

static void foot(noi_buf *out, const noi_plan *plan) {
    noi_buf_printf(out,
                   "<div class=\"sign\"><div></div><div>%s<span>%s</span></div></div>\n"
                   "<footer><p>%s</p><p>noi %s · %s <span class=\"hash\">%s</span></p></footer>\n",
                   _("Officer who looked it up"), _("(signature, full name)"),
                   _("This slip gives information only. It replaces no paper that an authority has "
                     "issued; papers issued before stay valid as the law says."),
                   NOI_VERSION, _("made by the plan"), noi_plan_hash(plan));
}

noi_status noi_slip_page(noi_buf *out, const noi_plan *plan, const noi_verdict *v,
                         noi_str asked) {
    if (v->status != NOI_ASSIGNED)
        return noi_fail(NOI_ERR_USAGE, _("the address has no single answer: there is no slip for it"));
    noi_page_begin(out, "slip", _("Slip of a changed address"), "report/assets/slip.css");
    noi_buf_printf(out, "<main class=\"slip\"><h1>%s</h1><p class=\"sub\">%s</p>\n<dl>\n",
                   _("INFORMATION SLIP ON AN ADMINISTRATIVE UNIT"),
                   _("after the arrangement of administrative units"));
    row(out, _("Address as given"), "", asked);
    unit_row(out, _("Former unit"), "", plan, v->old_unit);
    code_row(out, _("Former code"), plan, v->old_unit);
    unit_row(out, _("Present unit"), "new", plan, v->new_unit);
    code_row(out, _("Present code"), plan, v->new_unit);
    day_row(out, _("In force since"), plan->units[v->new_unit].from);
    day_row(out, _("Data as of"), plan->on);
    noi_buf_add_str(out, "</dl>\n");
    law(out, plan, v);
    notes(out, plan, v);
    foot(out, plan);
    noi_buf_add_str(out, "</main>\n");
    noi_page_end(out);
    return NOI_OK;
}
