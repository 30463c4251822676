/* embed.c: looks up the table that tools/embed.sh writes at build time; see embed.h. */
#include "base/embed.h"

#include <string.h>

typedef struct embedded {
    const char *name;
    const char *start, *end;
} embedded;

extern const embedded noi_embedded[];
extern const size_t noi_embedded_count;

noi_str noi_embed(const char *name) {
    size_t low = 0, high = noi_embedded_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, noi_embedded[middle].name);
        if (order == 0)
            return (noi_str){noi_embedded[middle].start,
                             (size_t)(noi_embedded[middle].end - noi_embedded[middle].start)};
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (noi_str){NULL, 0};
}

size_t noi_embed_next(const char **name, noi_str *bytes, const char *prefix, size_t position) {
    for (size_t n = strlen(prefix); position < noi_embedded_count; position++) {
        const embedded *e = &noi_embedded[position];
        if (strncmp(e->name, prefix, n) != 0)
            continue;
        *name = e->name;
        *bytes = (noi_str){e->start, (size_t)(e->end - e->start)};
        return position + 1;
    }
    return 0;
}
