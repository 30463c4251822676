/* lookup.h: what the files of `noi lookup` share: one answer shown, and many questions in a row. */
#ifndef NOI_CLI_LOOKUP_H
#define NOI_CLI_LOOKUP_H

#include "plan/lookup.h"

struct json_object;

/* `asked` is the text of the question, empty for a code or a point. All print to standard output. */
void cli_lookup_people(const noi_plan *plan, const noi_verdict *v, noi_str asked, bool numbered);
void cli_lookup_json(const noi_plan *plan, const noi_verdict *v, noi_str asked);
/* The same as an object; yours. */
struct json_object *cli_verdict_json(const noi_plan *plan, const noi_verdict *v, noi_str asked);
void cli_lookup_line(const noi_plan *plan, const noi_verdict *v);
/* New to old; returns the exit code. */
int cli_lookup_reverse(const noi_plan *plan, const noi_verdict *v, bool json, noi_str asked);

/* The text in UTF-8. What is not UTF-8 is read in the one of TCVN3, VNI and CP1258 in which it names a
 * unit; where none does, or several do and name different ones, it stays as it is. `out` holds what the
 * answer points into. */
noi_str cli_lookup_text(noi_buf *out, const noi_plan *plan, noi_str raw);

/* What was read of the text, part by part: what stands there, how surely it was read, and of which
 * days the names are; NULL for an empty text. */
struct json_object *cli_reading_json(const noi_plan *plan, noi_str text);

/* Addresses from standard input, one a line, until its end: on a terminal with completion as one
 * types, else one answer a line. *all_assigned tells whether each of them got one. */
NOI_MUST_CHECK noi_status cli_lookup_lines(bool *all_assigned, const noi_plan *plan, noi_day as_of,
                                           bool json);

#endif
