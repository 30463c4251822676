/*
 * spans.h: of which vintage is a column of codes? A code means something only with a date: 167 of the
 * merged city's 168 codes are an old unit's. So the column as a whole is asked: on which days was
 * each of its codes in force, and on which days were all of them? Pure; no clock.
 */
#ifndef NOI_PLAN_SPANS_H
#define NOI_PLAN_SPANS_H

#include "plan/plan.h"

/* Days on which the meaning of none of the column's codes changed. */
typedef struct noi_span_of_days {
    noi_day from, to;   /* half open; NOI_DAY_NONE: since before our records, NOI_DAY_OPEN: still */
    uint64_t rows;      /* rows whose code was in force then */
    uint32_t codes;     /* different codes among them */
} noi_span_of_days;

typedef enum noi_code_state {
    NOI_CODE_KNOWN = 0,
    NOI_CODE_UNKNOWN,    /* digits that were no unit's code on any day */
    NOI_CODE_MALFORMED,  /* not one to six digits */
    NOI_CODE_LOST_ZEROS, /* became a unit's code when leading zeros were put back */
} noi_code_state;

typedef struct noi_column_code {
    noi_code code;    /* 0 when malformed */
    const char *text; /* as first written, at most 32 bytes of it */
    uint64_t rows;
    int64_t line;     /* where it stands first */
    noi_code_state state;
} noi_column_code;

typedef struct noi_column_vintage {
    uint64_t rows, empty;     /* empty: rows without a code, not counted among `rows` */
    size_t n_codes;
    noi_column_code *codes;   /* ascending, the malformed first */
    size_t n_spans;
    noi_span_of_days *spans;  /* ascending, without a gap; none when no code is known */
    size_t best;              /* the span that most rows fit; of equals the newest */
    size_t n_best;            /* how many spans fit as many rows */
} noi_column_vintage;

/* Counts one column. Memory grows with different codes, never with rows. One thread. */
typedef struct noi_column_counter noi_column_counter;
noi_column_counter *noi_column_counter_new(const noi_plan *plan);
void noi_column_counter_free(noi_column_counter *counter); /* accepts NULL */
NOI_DEFINE_AUTO(noi_column_counter, noi_column_counter_free)
void noi_column_counter_add(noi_column_counter *counter, noi_str value, int64_t line);
/* The result belongs to the counter and dies with it; call once, at the end. */
const noi_column_vintage *noi_column_counter_finish(noi_column_counter *counter);

/* Whether the code was in force on all days of the span. */
bool noi_code_fits_span(const noi_plan *plan, noi_code code, const noi_span_of_days *span);

#endif
