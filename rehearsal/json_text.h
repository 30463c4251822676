/* json_text.h: the scorecard's JSON, piece by piece. Private to this folder. */
#ifndef NOI_REHEARSAL_JSON_TEXT_H
#define NOI_REHEARSAL_JSON_TEXT_H

#include "merge/rules/rules.h"

typedef struct noi_json_count {
    const char *name;
    uint64_t value;
} noi_json_count;

/* "text" with what JSON wants escaped; null for NULL. */
void noi_json_text(noi_buf *out, const char *text);
/* "name":value for each, commas between. */
void noi_json_counts(noi_buf *out, const noi_json_count *counts, size_t n);
/* "findings":[{"rule":"A01","n":3},...] of the rules that found something. */
void noi_json_findings(noi_buf *out, const noi_validation *validation);

#endif
