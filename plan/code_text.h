/* code_text.h: codes as people and spreadsheets write them. Pure. */
#ifndef NOI_PLAN_CODE_TEXT_H
#define NOI_PLAN_CODE_TEXT_H

#include "base/memory.h"

/* Spreadsheets write codes as 26740.0 or '26740; both are the code 26740. Points into `code`. */
noi_str noi_code_clean(noi_str code);

/* "1" → 00001: a commune's code that lost its zeros. 0 when it cannot be one: one that still begins
 * with a zero has lost none. */
noi_code noi_code_restore_zeros(noi_str code);

#endif
