/*
 * drawn_reform.h: the drawn registry of the rules' tests (tests/unit/merge/rules/clean.sql: four old
 * units, three new ones, their maps) with a layer of it, the law, and what an examination finds.
 */
#ifndef NOI_TESTS_DRAWN_REFORM_H
#define NOI_TESTS_DRAWN_REFORM_H

#include "boundary/boundary.h"

#include "unit/merge/rules/fixture.h"

#define OLD_LAYER 1
#define NEW_LAYER 2

#define SHAPE(x1, x2, y1, y2)                                                                      \
    "GeomFromText('MULTIPOLYGON(((" #x1 " " #y1 ", " #x2 " " #y1 ", " #x2 " " #y2 ", " #x1 " " #y2 \
    ", " #x1 " " #y1 ")))', 4326)"
#define WEST_DRAWS(ring)                                                                           \
    "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((" ring ")))', 4326) WHERE id = 13"
#define NAM_DRAWS(ring)                                                                            \
    "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((" ring ")))', 4326) WHERE id = 12"
/* Tây reaches 3 m into Nam, or 30 cm; all vertices are in both. */
#define WEST_REACHES(x)                                                                            \
    WEST_DRAWS(x " 10.7, 106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, " x " 10.72, " x    \
                 " 10.7")                                                                          \
    ";" NAM_DRAWS("106.61 10.7, " x " 10.7, 106.62 10.7, 106.62 10.72, " x                         \
                  " 10.72, 106.61 10.72, 106.61 10.7")
#define WEST_OVERLAPS WEST_REACHES("106.61997")
#define WEST_SLIVER   WEST_REACHES("106.619997")
#define EDGE_TO_WEST(scope)                                                                        \
    "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, basis, source_id) VALUES "      \
    "(1, 1, 13, 'part', '" scope "', 'law', 3)"

typedef struct examined {
    noi_registry *registry;
    noi_layer *layer;
    noi_boundary_law *law;
    noi_layer_findings *findings;
} examined;

static inline void examined_clear(examined *e) {
    noi_layer_findings_free(e->findings);
    noi_boundary_law_free(e->law);
    noi_layer_free(e->layer);
    noi_registry_close(e->registry);
}

static inline void must(noi_status status) {
    if (status != NOI_OK)
        fail_msg("%s", noi_error_message());
}

/* The registry with something planted, a layer of it and the law of its day. */
static inline void load(examined *e, const char *plant, int64_t layer) {
    e->registry = fixture_open(plant);
    must(noi_layer_load_whole(&e->layer, NULL, e->registry, layer));
    must(noi_boundary_law_load_stored(&e->law, e->registry, e->layer, NOI_DAY_NONE));
}

static inline void examine(examined *e, const noi_boundary_options *options) {
    must(noi_boundary_examine(&e->findings, e->layer, e->law, options));
}

static inline const noi_layer_finding *finding_of(const noi_layer_findings *findings,
                                                  const char *rule) {
    for (size_t i = 0; i < findings->n; i++)
        if (strcmp(findings->items[i].rule, rule) == 0)
            return &findings->items[i];
    fail_msg("no finding of %s", rule);
    return NULL;
}

#endif
