/* L04: a layer that names a unit otherwise than the law does. */
#include "merge/rules/rule.h"

#include "address/text.h"

/* Layers write "Phường Sài Gòn" or "Sài Gòn". */
static bool same_name(noi_str drawn, noi_str full_name, noi_str name) {
    return noi_name_equal(drawn, full_name) || noi_name_equal(drawn, name);
}

/* Columns of the query: code, unit, name in the layer, full name, name, lon, lat. */
static noi_status find_names(noi_rule_run *run, const noi_rule *rule) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, run->registry, "rules/l04_names"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        noi_str drawn = noi_column_text(stmt, 2), full_name = noi_column_text(stmt, 3);
        if (same_name(drawn, full_name, noi_column_text(stmt, 4)))
            continue;
        noi_str code = noi_column_text(stmt, 0);
        NOI_AUTO_FREE char *key = noi_strndup(code.p, code.n);
        NOI_AUTO_FREE char *found = noi_strndup(drawn.p, drawn.n);
        NOI_AUTO_FREE char *expected = noi_strndup(full_name.p, full_name.n);
        const noi_finding finding = {.subject_kind = "unit",
                                     .subject_key = key,
                                     .unit_id = noi_column_int(stmt, 1),
                                     .found = found,
                                     .expected = expected,
                                     .lon = noi_column_real(stmt, 5),
                                     .lat = noi_column_real(stmt, 6)};
        NOI_TRY(noi_finding_add(run, rule, &finding));
    }
}

const noi_rule noi_rule_l04 = {
    .id = "L04",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Name in the layer differs from the list of units"),
    .explanation =
        N_("The layer's name for this code is another one than the law's, beyond spelling "
           "(capitals, the place of the tone mark). Either the name or the code of the area is "
           "wrong."),
    .action = N_("Look which of the two fits the place; a wrong code moves every record inside."),
    .find = find_names,
};
