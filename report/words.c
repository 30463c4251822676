/* words.c: stable keys in the words of the report's language. */
#include "report/page.h"

#include <ctype.h>
#include <string.h>

const char *noi_word_kind(int record_kind) {
    switch (record_kind) {
    case 1:
        return _("Addresses");
    case 2:
        return _("Households");
    case 3:
        return _("Parcels");
    case 4:
        return _("Open cases");
    default:
        return _("Other");
    }
}

const char *noi_word_subject(noi_str kind) {
    static const struct {
        const char *key, *word;
    } words[] = {
        {"unit", N_("unit")},           {"edge", N_("edge of the law")}, {"layer", N_("layer")},
        {"decree", N_("resolution")},   {"source", N_("source")},        {"address", N_("address")},
        {"household", N_("household")}, {"parcel", N_("parcel")},        {"case", N_("case")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (noi_str_is(kind, words[i].key))
            return _(words[i].word);
    return "";
}

/* ---- the values of findings ---- */

static const char *word_of_key(noi_str key) {
    static const struct {
        const char *key, *word;
    } words[] = {
        {"gap", N_("gap")},
        {"overlap", N_("overlap")},
        {"polygon", N_("polygon")},
        {"hole", N_("hole")},
        {"unit", N_("unit")},
        {"moved", N_("moved")},
        {"inside", N_("inside")},
        {"outside", N_("outside")},
        {"width", N_("width")},
        {"distance", N_("distance")},
        {"whole", N_("whole")},
        {"part", N_("part")},
        {"remainder", N_("remainder")},
        {"self_intersection", N_("the ring crosses itself")},
        {"ring_self_intersection", N_("the ring touches itself")},
        {"too_few_points", N_("too few points for an area")},
        {"hole_outside_shell", N_("a hole outside its outer ring")},
        {"nested_holes", N_("a hole in a hole")},
        {"nested_shells", N_("a polygon in a polygon of the same unit")},
        {"duplicate_rings", N_("the same ring twice")},
        {"disconnected_interior", N_("holes cut the polygon in two")},
        {"invalid", N_("not valid")},
    };
    for (size_t i = 0; key.n && i < sizeof words / sizeof *words; i++)
        if (noi_str_is(key, words[i].key))
            return _(words[i].word);
    return NULL;
}

static bool is_key_letter(char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
}

/* The key at the place: one that begins a part of the value ("gap: 0.4 m²; ..."), or that is what the
 * law does with a unit ("27673 whole"). Names of units are no keys. */
static const char *key_at(size_t *n, noi_str value, size_t at) {
    *n = 0;
    bool begins = at == 0 || (at > 1 && value.p[at - 1] == ' ' && value.p[at - 2] == ';');
    bool behind_code = at > 1 && value.p[at - 1] == ' ' && isdigit((unsigned char)value.p[at - 2]);
    if (!begins && !behind_code)
        return NULL;
    while (at + *n < value.n && is_key_letter(value.p[at + *n]))
        ++*n;
    size_t end = at + *n;
    bool ends = end == value.n || value.p[end] == ':' || value.p[end] == ';' || value.p[end] == ',';
    return ends ? word_of_key((noi_str){value.p + at, *n}) : NULL;
}

/* A point between the digits of a measure: "24.70 km²". */
static bool is_decimal_point(noi_str value, size_t at) {
    if (value.p[at] != '.' || at == 0 || !isdigit((unsigned char)value.p[at - 1]))
        return false;
    size_t end = at + 1;
    while (end < value.n && isdigit((unsigned char)value.p[end]))
        end++;
    return end > at + 1 && end + 1 < value.n && value.p[end] == ' ' &&
           strchr("km%", value.p[end + 1]);
}

void noi_value_in_words(noi_buf *out, noi_str value) {
    for (size_t i = 0; i < value.n;) {
        size_t n;
        const char *word = key_at(&n, value, i);
        if (word) {
            noi_buf_add_str(out, word);
            i += n;
            continue;
        }
        noi_buf_add_char(out, is_decimal_point(value, i) ? noi_decimal_mark() : value.p[i]);
        i++;
    }
}

void noi_html_value(noi_buf *out, noi_str value) {
    NOI_AUTO_BUF noi_buf words = {0};
    noi_value_in_words(&words, value);
    noi_html_text(out, noi_buf_view(&words));
}

const char *noi_word_method(size_t method) {
    switch ((noi_method)method) {
    case NOI_BY_NOTHING:
        return _("nothing");
    case NOI_BY_DECISION:
        return _("a person decided");
    case NOI_BY_WHOLE_EDGE:
        return _("the old unit went whole into one new unit");
    case NOI_BY_PARCEL:
        return _("its parcel");
    case NOI_BY_POINT:
        return _("its point, clear of the border");
    case NOI_BY_SPLIT_RULE:
        return _("a rule for a part of the unit (street, side, house number, hamlet, sheet)");
    case NOI_BY_NEW_NAME:
        return _("it names its new unit already");
    case NOI_BY_ADDRESS:
        return _("the address that it refers to");
    case NOI_BY_HOUSEHOLD:
        return _("its household");
    case NOI_BY_INTAKE_UNIT:
        return _("the unit that took the case in");
    case NOI_BY_UNIT:
        return _("the ward that handles the case");
    }
    return "";
}

const char *noi_word_reason(size_t reason) {
    switch ((noi_reason)reason) {
    case NOI_REASON_NONE:
        return _("no reason given");
    case NOI_REASON_SPLIT:
        return _("the old unit is split and nothing decides");
    case NOI_REASON_HOMONYM:
        return _("several old units bear the name");
    case NOI_REASON_NEAR_BORDER:
        return _("the point is too near to a border");
    case NOI_REASON_EVIDENCE_DISAGREES:
        return _("text, code and point disagree");
    case NOI_REASON_NO_EVIDENCE:
        return _("neither text, code nor point");
    case NOI_REASON_UNKNOWN_CODE:
        return _("a code that was in force on no day");
    case NOI_REASON_NO_UNIT_READ:
        return _("the text names no unit that is known");
    case NOI_REASON_OUTSIDE:
        return _("the point lies in no unit");
    case NOI_REASON_VINTAGE:
        return _("the code meant two units on two days");
    case NOI_REASON_OTHER_PROVINCE:
        return _("a place in another province");
    case NOI_REASON_SEVERAL_UNITS:
        return _("the matter touches several new units");
    case NOI_REASON_REFERENCE:
        return _("it refers to a record that is not there");
    case NOI_REASON_DISTRICT_ONLY:
        return _("only a district or province is known");
    case NOI_REASON_OVERLAP:
        return _("the point lies where units overlap");
    case NOI_REASON_RULES_DISAGREE:
        return _("rules for parts of the unit disagree");
    }
    return "";
}

const char *noi_word_severity(int severity) {
    return severity == 3 ? _("error") : severity == 2 ? _("warning") : _("note");
}
