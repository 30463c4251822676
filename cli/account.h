/* account.h: how `noi plan` and `noi merge` show the account of a merge. */
#ifndef NOI_CLI_ACCOUNT_H
#define NOI_CLI_ACCOUNT_H

#include "merge/run.h"

struct json_object;

/* A line for each kind that has records, and one for the sum. */
void cli_show_account(const noi_account *account);

/* {"in":…,"assigned":…,"ambiguous":…,"unplaced":…,"kinds":{"address":{…},…}} */
struct json_object *cli_account_json(const noi_account *account);

#endif
