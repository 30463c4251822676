/* trials.h: a rehearsal held against an earlier one. */
#ifndef NOI_CLI_TRIALS_H
#define NOI_CLI_TRIALS_H

#include "base/error.h"

#include <stdbool.h>

struct json_object;

/* An earlier scorecard, as `noi rehearse --json` gave it. Read before the rehearsal, which may replace
 * it. *out is yours: json_object_put. NOI_ERR_INPUT when it is none. */
NOI_MUST_CHECK noi_status cli_trial_read(struct json_object **out, const char *path);

/*
 * What is different now: {"same_city": true, "worse": [...], "better": [...], "findings": [...],
 * "steps": [...]}, where each item has "what", "before", "now". Worse: fewer right, or more asked, missed, wrong, rejected or lost,
 * of a trap with as many records; a step that takes over a quarter longer, and half a second, is listed
 * under steps and is not worse: machines differ. Yours: json_object_put.
 */
/* "people/waiting" of a scorecard's scenario and the like; NULL for none. Borrowed. */
struct json_object *cli_trial_member(struct json_object *card, const char *path);
bool cli_trial_same_city(struct json_object *before, struct json_object *now);

struct json_object *cli_trial_compare(struct json_object *before, struct json_object *now);

/* All scorecards of FOLDER/trials, as a table, as JSON, and as FOLDER/trials/index.html. NOI_ERR_INPUT when
 * there are none. */
NOI_MUST_CHECK noi_status cli_trials(const char *folder, bool json);

/* The same for people; true when nothing is worse. */
bool cli_trial_show(struct json_object *comparison);

#endif
