/*
 * moment.h: when a record changed at its source, as the source writes it, in one form whose order as a text is
 * the order in time: "2025-07-01", "2025-07-01 09:30", "2025-07-01 09:30:15" or "2025-07-01 09:30:15.25".
 * Private to this folder.
 */
#ifndef NOI_IMPORTERS_MOMENT_H
#define NOI_IMPORTERS_MOMENT_H

#include "base/date.h"

#define NOI_MOMENT_SIZE 32

/*
 * Reads a day as noi_day_parse does, alone or with a time: "20250701093015", "01/07/2025 09:30:15",
 * "2025-07-01T09:30:15.25Z". A zone (Z, +07, +07:00, +0700) is turned into the legal time of Viet Nam,
 * UTC+7; a time without one is in it. False, with `out` "", for anything else: hours above 23, a fraction of
 * more than nine digits, a zone behind a day alone.
 */
bool noi_moment_read(char out[NOI_MOMENT_SIZE], noi_str text);

typedef enum noi_moment_order {
    NOI_MOMENT_EARLIER,
    NOI_MOMENT_EQUAL,
    NOI_MOMENT_LATER,
    NOI_MOMENT_UNCLEAR, /* one is written less exactly, and the other lies within it: a day and an hour of it */
} noi_moment_order;

/* How `a` lies to `b`; p == NULL (no time) lies before every time. */
noi_moment_order noi_moment_compare(noi_str a, noi_str b);

#endif
