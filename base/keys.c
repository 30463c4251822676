/* keys.c: the stable machine names of verdicts, from the tables in noi.h. */
#include "noi.h"

#define KEY(name, value, key)                                                                      \
    case name:                                                                                     \
        return key;

const char *noi_verdict_status_key(noi_verdict_status status) {
    switch (status) {
    case NOI_ASSIGNED:
        return "assigned";
    case NOI_AMBIGUOUS:
        return "ambiguous";
    case NOI_UNPLACED:
        return "unplaced";
    }
    return "unknown";
}

const char *noi_method_key(noi_method method) {
    switch (method) { NOI_METHOD_TABLE(KEY) }
    return "unknown";
}

const char *noi_reason_key(noi_reason reason) {
    switch (reason) { NOI_REASON_TABLE(KEY) }
    return "unknown";
}

const char *noi_warning_key(noi_warning one_bit) {
    switch (one_bit) { NOI_WARNING_TABLE(KEY) }
    return "unknown";
}
