/*
 * scenario.h: what one rehearsal is about: which new units, which systems take part and how large they
 * are, traps, faults, and how people behave. A small text file; those of the reform travel inside the
 * program (data/scenarios/<name>.ini). docs/manual/rehearsals.md describes every key.
 */
#ifndef NOI_REHEARSAL_SCENARIO_H
#define NOI_REHEARSAL_SCENARIO_H

#include "base/date.h"
#include "base/digest.h"
#include "rehearsal/tables.h"
#include "rehearsal/traps.h"

/* How people answer what waits for them; shares in percent. */
typedef struct noi_people {
    int64_t officers; /* 0: nobody answers */
    int64_t absent;   /* of them */
    int64_t answers;  /* of an officer's queue */
    int64_t wrong;    /* of the answers */
    int64_t disagree; /* of the answers that a second person has to approve */
} noi_people;

#define NOI_MAX_KILLS 8

typedef struct noi_faults {
    size_t n_kills;                  /* how often the merge is killed */
    int64_t kill_after[NOI_MAX_KILLS]; /* records, ascending */
    bool reissued_layer;
    char undo_unit[16]; /* code of a new unit, "largest", or "" */
    noi_day second_handover;
} noi_faults;

typedef struct noi_scenario {
    char *name; /* "six", or the file's name without folder and suffix */
    char *file; /* for messages */
    char digest[NOI_DIGEST_HEX]; /* of the file: trials of another are of another city */
    char *title, *title_vi;
    noi_world world;
    char *units; /* words; see noi_scenario_choose */
    int64_t units_line;
    int64_t addresses, households, parcels, cases, reports, documents, accounts, side_file_rows,
        members_per_thousand;
    int64_t later_cases; /* received between the change and the second handover */
    bool side_file[16];        /* by noi_address_file: takes part */
    int64_t share[NOI_N_TRAPS]; /* of 10,000; -1: as data/rehearsal.csv has it */
    noi_faults faults;
    noi_people people;
} noi_scenario;

/* A name that travels inside the program, else a file. NOI_ERR_IO: neither (the hint names them);
 * NOI_ERR_INPUT with the line: a key or a value that means nothing. Yours: noi_scenario_free. */
NOI_MUST_CHECK noi_status noi_scenario_load(noi_scenario **out, const char *name_or_path);
/* The same from bytes. */
NOI_MUST_CHECK noi_status noi_scenario_read(noi_scenario **out, const char *file, noi_str bytes);
void noi_scenario_free(noi_scenario *scenario); /* accepts NULL */
NOI_DEFINE_AUTO(noi_scenario, noi_scenario_free)

/* Walks the scenarios inside the program: pass 0 first, then what it returned; 0 at the end. *out is
 * yours. */
NOI_MUST_CHECK noi_status noi_scenario_next(noi_scenario **out, size_t *position);

/* The title in the language of messages; `vi` may be NULL. */
const char *noi_scenario_title(const char *title, const char *vi);

/* Marks the new units that take part: chosen[i] of tables->new_units[i], which the caller zeroed. Words
 * are "all", "old-city" (79), a province's code of before (the units made of its units), or codes of
 * new units. NOI_ERR_INPUT for a word that is none of them. */
NOI_MUST_CHECK noi_status noi_scenario_choose(bool *chosen, size_t *n, const noi_scenario *scenario,
                                              const noi_tables *tables);

#endif
