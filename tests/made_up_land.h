/* made_up_land.h: the rehearsal's land as the state of a cmocka test. */
#ifndef NOI_TESTS_MADE_UP_LAND_H
#define NOI_TESTS_MADE_UP_LAND_H

#include "testing.h"

#include "rehearsal/shape.h"

typedef struct land {
    noi_tables *tables;
    noi_shape *shape;
} land;

/* `state` is what cmocka gives a setup: free it with land_free. */
static int land_make(void **state, uint64_t seed, uint32_t vertices) {
    land *l = noi_alloc_zero(1, sizeof *l);
    assert_int_equal(noi_tables_load(&l->tables), NOI_OK);
    assert_int_equal(noi_shape_make(&l->shape, l->tables, seed, vertices), NOI_OK);
    *state = l;
    return 0;
}

static int land_free(void **state) {
    land *l = *state;
    noi_shape_free(l->shape);
    noi_tables_free(l->tables);
    free(l);
    return 0;
}

#endif
