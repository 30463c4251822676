/* check_style.h: colours of rules, alike on the page and in QGIS, and the styles made of them. */
#ifndef NOI_REPORT_CHECK_STYLE_H
#define NOI_REPORT_CHECK_STYLE_H

#include "report/check.h"

/* "194,47,37": of the i-th rule that found something. Errors are reds, notes pale, and
 * within a severity colours go by the order of the rules. Static storage. */
const char *noi_check_colour(const noi_check *check, size_t rule);

/* Appends an embedded QML style with its parts between <!--each rule--> and <!--end--> repeated for
 * each rule that has features in this layer: counts[i] of the i-th rule that found something. */
void noi_check_style(noi_buf *out, const noi_check *check, const size_t *counts, const char *asset);

#endif
