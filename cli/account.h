/* account.h: how `noi plan` and `noi merge` show the account of a merge. */
#ifndef NOI_CLI_ACCOUNT_H
#define NOI_CLI_ACCOUNT_H

#include "merge/run.h"

#include <json-c/json.h>

/* A line for each kind that has records, and one for the sum. */
void cli_show_account(const noi_account *account);

/* {"in":…,"assigned":…,"ambiguous":…,"unplaced":…,"kinds":{"address":{…},…}} */
json_object *cli_account_json(const noi_account *account);

#endif
