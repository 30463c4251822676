/* format.h: numbers as people read them in the report's language, and text inside HTML and SVG. */
#ifndef NOI_REPORT_FORMAT_H
#define NOI_REPORT_FORMAT_H

#include "base/memory.h"

/* "10,000" in English, "10.000" in Vietnamese. Returns `out`. */
char *noi_number(char out[32], int64_t n);
/* The same with `digits` (0..6) behind the decimal mark. NaN gives "–". */
char *noi_decimal(char out[32], double value, int digits);
/* part of whole in per cent: "0.7 %"; never rounded to 0 or 100 when it is not; "–" of nothing. */
char *noi_percent(char out[32], int64_t part, int64_t whole);

/* Appends text with <, >, & and " escaped; control characters become spaces. */
void noi_html_text(noi_buf *out, noi_str text);
/* A finding's value as people read it: its keys in words ("gap: 0.4 m²", "27673 whole",
 * "too_few_points"), measures with the language's decimal mark. */
void noi_value_in_words(noi_buf *out, noi_str value);
void noi_html_value(noi_buf *out, noi_str value); /* the same as HTML */
char noi_decimal_mark(void);
/* Number cell of a table row. */
void noi_html_number(noi_buf *out, int64_t n);

#endif
