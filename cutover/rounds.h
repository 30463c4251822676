/*
 * rounds.h: the rounds of `noi import --catch-up`, and what the last merge did not see: for `noi catch-up`.
 */
#ifndef NOI_CUTOVER_ROUNDS_H
#define NOI_CUTOVER_ROUNDS_H

#include "registry/registry.h"

typedef struct noi_round {
    const char *file, *kind, *taken_at; /* kind of file: 'addresses'; taken_at: UTC, for people */
    int64_t read, added, changed, same, older, gone, rejected;
    const char *first_at, *last_at; /* change times of what was taken in; "" for none */
} noi_round;

typedef struct noi_pending {
    int kind;                    /* as table record_kind */
    bool changed;                /* else it has no verdict */
    const char *code, *name;     /* of the old unit; "" when no verdict tells it */
    int64_t records;
} noi_pending;

typedef struct noi_rounds {
    size_t n, n_pending;
    noi_round *items;      /* in the order in which they were taken in */
    noi_pending *pending;  /* by kind and old unit */
    int64_t n_records;     /* pending altogether */
    noi_arena *arena;
} noi_rounds;

/* Yours: noi_rounds_free. */
NOI_MUST_CHECK noi_status noi_rounds_load(noi_rounds **out, noi_registry *registry);
void noi_rounds_free(noi_rounds *rounds); /* accepts NULL */
NOI_DEFINE_AUTO(noi_rounds, noi_rounds_free)

/* The round of the same kind before round `at`; SIZE_MAX when it is the first. */
size_t noi_round_before(const noi_rounds *rounds, size_t at);
/* Rows that brought something: new, changed or gone. */
int64_t noi_round_delta(const noi_round *round);

#endif
