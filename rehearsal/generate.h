/*
 * generate.h: writes a rehearsal city into a folder:
 *
 *   rehearsal.json   says that the folder is a rehearsal, of which seed and size
 *   input/           what the migration team would get: units, law, layers, records
 *   truth/           the answer key, one CSV a kind: id,trap,new_code,expected, in the order of
 * import
 *
 * Same seed and size, same bytes.
 */
#ifndef NOI_REHEARSAL_GENERATE_H
#define NOI_REHEARSAL_GENERATE_H

#include "rehearsal/city.h"

/* One file of input/, in the order in which they are imported. NULL where it does not apply. */
typedef struct noi_input_file {
    const char *kind; /* as `noi import` names it */
    const char *name; /* in input/ */
    const char *as_of;
    const char *crs;
    const char *encoding;
    const char *said; /* the encoding that its owner says it is in: for the few rows of a scenario, from which
                         it cannot always be told */
    const char *map[4]; /* FIELD=COLUMN */
    bool synthetic;
} noi_input_file;
extern const noi_input_file noi_input_files[]; /* ends with kind == NULL */
/* Cases received after the change, for a second handover; with an answer key of their own. */
extern const noi_input_file noi_later_cases;
#define NOI_LATER_TRUTH "truth/later-cases.csv"
/* Whether this city has the file. */
bool noi_input_takes_part(const noi_city *city, const noi_input_file *file);

/* The answer key's file of a record kind: "truth/addresses.csv". */
const char *noi_truth_file(noi_record_kind kind);

/* Makes `folder` ready: a folder that is new, empty or a former rehearsal, of which what the
 * rehearsal itself wrote is removed. NOI_ERR_CONFLICT for one with other content. */
NOI_MUST_CHECK noi_status noi_rehearsal_folder(const char *folder, const noi_city *city);

/* Writes input/ and truth/. Uses two threads. */
NOI_MUST_CHECK noi_status noi_generate(const noi_city *city, const char *folder);

#endif
