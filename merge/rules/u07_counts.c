/* U07: as many new units as the resolution itself counts. */
#include "merge/rules/rule.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number in front of `what`, searched from `from` on; -1 when there is none. */
static long number_before(const char **at, const char *from, const char *what) {
    const char *end = strstr(from, what);
    if (!end)
        return -1;
    const char *digits = end;
    while (digits > from && (digits[-1] == ' ' || digits[-1] == '\n'))
        digits--;
    const char *last = digits;
    while (digits > from && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    *at = end;
    return digits == last ? -1 : strtol(digits, NULL, 10);
}

/* "Sau khi sắp xếp, … có 168 đơn vị hành chính cấp xã, gồm …": the number, or -1. */
static long stated_count(noi_str clause) {
    NOI_AUTO_FREE char *text = noi_strndup(clause.p, clause.n);
    const char *sentence = strstr(text, "Sau khi sắp xếp");
    return sentence ? number_before(&sentence, sentence, "đơn vị hành chính cấp xã") : -1;
}

/* Columns of the query: number of the resolution, clause, text, new units in the registry. */
static noi_status find_counts(noi_rule_run *run, const noi_rule *rule) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, run->registry, "rules/u07_clauses"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        long stated = stated_count(noi_column_text(stmt, 2));
        long stored = (long)noi_column_int(stmt, 3);
        if (stated < 0 || stated == stored)
            continue;
        char found[24], expected[24];
        snprintf(found, sizeof found, "%ld", stored);
        snprintf(expected, sizeof expected, "%ld", stated);
        noi_str number = noi_column_text(stmt, 0);
        NOI_AUTO_FREE char *key = noi_strndup(number.p, number.n);
        const noi_finding finding = {.subject_kind = "decree",
                                     .subject_key = key,
                                     .found = found,
                                     .expected = expected,
                                     .lon = NAN,
                                     .lat = NAN};
        NOI_TRY(noi_finding_add(run, rule, &finding));
    }
}

const noi_rule noi_rule_u07 = {
    .id = "U07",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Number of new units differs from the resolution"),
    .explanation =
        N_("The resolution says how many commune-level units the province has after the reform. "
           "The list of units in the registry must hold exactly as many under that resolution's "
           "number."),
    .action = N_("Find the unit that is missing or too many: compare the imported list with the "
                 "clauses of the resolution."),
    .find = find_counts,
};
