/* check_page.h: what the parts of the page about a layer share. */
#ifndef NOI_REPORT_CHECK_PAGE_H
#define NOI_REPORT_CHECK_PAGE_H

#include "base/i18n.h"
#include "report/check.h"

/* How much the page itself shows; all of it is in the GeoPackage and in --json. */
#define NOI_CHECK_MAPS          96
#define NOI_CHECK_MAPS_PER_RULE 12 /* a rule with hundreds leaves room for the others */
#define NOI_CHECK_MAPS_PER_NOTE 2  /* of a rule that is a note */
#define NOI_CHECK_ROWS          80
#define NOI_CHECK_CROSS         40 /* old units in the table of law and map */

/* Which rule of the check a finding is of: position in check->rules. */
size_t noi_check_rule_at(const noi_check *check, size_t finding);

/* The text of a finding but its units: both values, or else its size. */
void noi_check_values(noi_buf *out, const noi_layer_finding *finding);
/* `before` and "12 addresses, 3 households"; nothing when none is concerned or nothing was counted.
 */
void noi_check_records(noi_buf *out, const char *before, const noi_concerned *records);

/* A figure with the map of the finding at a position; nothing, and false, for one without a place.
 */
bool noi_check_map(noi_buf *out, const noi_check *check, size_t finding);
/* All findings as dots on the whole layer. */
NOI_MUST_CHECK noi_status noi_check_overview(noi_buf *out, const noi_check *check);
/* Law and map, old unit by old unit: those that contradict on the page, all of them in
 * law_and_map.csv. Nothing without the other side of the reform. */
NOI_MUST_CHECK noi_status noi_check_cross(noi_buf *out, const noi_check *check, const char *folder);

#endif
