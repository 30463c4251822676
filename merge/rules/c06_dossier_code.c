/* C06: dossier codes that are not well formed. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c06 = {
    .id = "C06",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Malformed dossier code"),
    .explanation =
        N_("A dossier code reads agency, day of receipt as YYMMDD, serial number "
           "(000.00.01.H29-260310-0420). This one does not, or its day is another than the day "
           "of receipt. The code is kept as it is: it is never made anew."),
    .action =
        N_("Look for the right code in the source system and keep the wrong one as an alias."),
    .query = "rules/c06",
};
