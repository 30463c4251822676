/*
 * date.h: days. A noi_day counts days since 1970-01-01 in the proleptic Gregorian calendar; spans
 * are half open, [from, to). No clock and no time zone live here.
 */
#ifndef NOI_BASE_DATE_H
#define NOI_BASE_DATE_H

#include "base/memory.h"

typedef int32_t noi_day;
#define NOI_DAY_NONE INT32_MIN /* no day known */
#define NOI_DAY_OPEN INT32_MAX /* a span that has not ended */

noi_day noi_day_from_ymd(int year, int month, int day); /* NOI_DAY_NONE for a day that is not */
void noi_day_to_ymd(int *year, int *month, int *day, noi_day on);

/* Reads "2025-07-01", "01/07/2025", "1.7.2025", "20250701", "20250701093000" and
 * "2025-07-01T09:30:00"; NOI_DAY_NONE for anything else. Day before month, as Vietnam writes. */
noi_day noi_day_parse(noi_str text);

/* Writes "2025-07-01" and a NUL; "" for NOI_DAY_NONE and NOI_DAY_OPEN. Returns `out`. */
char *noi_day_format(char out[12], noi_day on);

#endif
