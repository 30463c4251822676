/* traps.c: the table of traps; see traps.h. */
#include "rehearsal/traps.h"

const noi_trap_info noi_traps[NOI_N_TRAPS] = {
#define ROW(name, id, kind, what) [name] = {id, kind, what},
    NOI_TRAP_TABLE(ROW)
#undef ROW
};

const char *const noi_expected_keys[3] = {"assigned", "asked", "rejected"};
