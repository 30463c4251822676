/* unit_set.h: small sets of units: ascending, each once; nothing is allocated. */
#ifndef NOI_PLAN_UNIT_SET_H
#define NOI_PLAN_UNIT_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SET_MAX 64

/* `more` when some did not fit. */
typedef struct unit_set {
    size_t n;
    bool more;
    uint16_t items[SET_MAX];
} unit_set;

static inline bool set_has(const unit_set *s, uint16_t unit) {
    for (size_t i = 0; i < s->n; i++)
        if (s->items[i] == unit)
            return true;
    return false;
}

static inline void set_add(unit_set *s, uint16_t unit) {
    size_t at = s->n;
    while (at > 0 && s->items[at - 1] >= unit) {
        if (s->items[at - 1] == unit)
            return;
        at--;
    }
    if (s->n == SET_MAX) {
        s->more = true;
        return;
    }
    memmove(s->items + at + 1, s->items + at, (s->n - at) * sizeof *s->items);
    s->items[at] = unit;
    s->n++;
}

static inline void set_add_all(unit_set *s, const unit_set *from) {
    for (size_t i = 0; i < from->n; i++)
        set_add(s, from->items[i]);
    s->more |= from->more;
}

static inline void set_intersect(unit_set *out, const unit_set *a, const unit_set *b) {
    out->n = 0;
    out->more = false;
    for (size_t i = 0; i < a->n; i++)
        if (set_has(b, a->items[i]))
            out->items[out->n++] = a->items[i];
}

#endif
