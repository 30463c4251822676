/* Fuzzes the reader of scenario files: any bytes end in a scenario whose numbers are within their limits,
 * or in one refusal. */
#include "rehearsal/scenario.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    NOI_AUTO(noi_scenario_freep) noi_scenario *s = NULL;
    NOI_AUTO_FREE char *copy = noi_strndup((const char *)data, size); /* so that a read behind it shows */
    noi_status status = noi_scenario_read(&s, "fuzz.ini", (noi_str){copy, size});
    must((status == NOI_OK) == (s != NULL));
    if (!s) {
        must(noi_error_message()[0] != '\0');
        return 0;
    }
    must(s->units && s->units[0] && s->title && s->addresses >= 500);
    must(s->people.absent <= s->people.officers && s->people.wrong <= 100);
    must(strlen(s->faults.undo_unit) < sizeof s->faults.undo_unit);
    for (int t = 0; t < NOI_N_TRAPS; t++)
        must(s->share[t] >= -1 && s->share[t] <= 10000);
    return 0;
}
