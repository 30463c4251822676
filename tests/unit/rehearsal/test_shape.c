/*
 * test_shape.c: the made-up land is a coverage.
 *   - no gap, no overlap, no defect in either layer
 *   - areas add up: pieces = old units = new units
 *   - each random point of a piece lies in that piece, and in one old and one new unit
 *   - the same seed gives the same land, another seed another
 */
#include "geo/index.h"
#include "geo/check.h"
#include "geo/measure.h"
#include "made_up_land.h"

#include <math.h>
#include <string.h>

static int make_land(void **state) {
    return land_make(state, 7, 600);
}

static double total_area(const noi_coverage *c) {
    double sum = 0;
    for (uint32_t r = 0; r < c->n_rings; r++) {
        uint32_t first = c->ring_vertex[r], n = c->ring_vertex[r + 1] - first;
        const double *xy = &c->xy[2 * (size_t)first];
        for (uint32_t i = 0; i < n; i++) {
            uint32_t j = (i + 1) % n;
            sum += (xy[2 * i] * xy[2 * j + 1] - xy[2 * j] * xy[2 * i + 1]) / 2;
        }
    }
    return sum;
}

static void areas_add_up(void **state) {
    const land *l = *state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *pieces = noi_shape_piece_layer(l->shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *old_layer = noi_shape_old_layer(l->shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new_layer = noi_shape_new_layer(l->shape);
    assert_int_equal(pieces->n_units, l->tables->n_pieces);
    assert_int_equal(old_layer->n_units, 442);
    assert_int_equal(new_layer->n_units, 168);
    double area = total_area(pieces);
    assert_true(area > 0.3 && area < 1.5); /* square degrees; the real city has about 0.56 */
    assert_true(fabs(total_area(old_layer) - area) < 1e-6 * area);
    assert_true(fabs(total_area(new_layer) - area) < 1e-6 * area);
}

static void every_unit_has_land(void **state) {
    const land *l = *state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *pieces = noi_shape_piece_layer(l->shape);
    for (uint32_t u = 0; u < pieces->n_units; u++) {
        uint32_t polygons = pieces->unit_polygon[u + 1] - pieces->unit_polygon[u];
        assert_int_equal(polygons, 1);
    }
}

static void layers_have_no_defect(void **state) {
    const land *l = *state;
    for (int old = 0; old < 2; old++) {
        NOI_AUTO(noi_coverage_freep)
        noi_coverage *layer = old ? noi_shape_old_layer(l->shape) : noi_shape_new_layer(l->shape);
        NOI_AUTO(noi_defects_freep) noi_defects *defects = NULL;
        assert_int_equal(noi_coverage_check(&defects, layer, NULL), NOI_OK);
        for (size_t i = 0; i < defects->n; i++)
            print_message("# defect kind %d of %u, %u at %f, %f: %f m2\n", defects->items[i].kind,
                          defects->items[i].unit_a, defects->items[i].unit_b, defects->items[i].lon,
                          defects->items[i].lat, defects->items[i].area_m2);
        assert_int_equal(defects->n, 0);
    }
}

static const noi_index *index_of(noi_buf *bytes, const noi_coverage *layer) {
    const noi_index *index = NULL;
    assert_int_equal(noi_index_build(bytes, layer), NOI_OK);
    assert_int_equal(noi_index_attach(&index, bytes->p, bytes->n), NOI_OK);
    return index;
}

static void points_lie_in_their_units(void **state) {
    const land *l = *state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *pieces = noi_shape_piece_layer(l->shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *old_layer = noi_shape_old_layer(l->shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new_layer = noi_shape_new_layer(l->shape);
    NOI_AUTO_BUF noi_buf a = {0}, b = {0}, c = {0};
    const noi_index *in_pieces = index_of(&a, pieces);
    const noi_index *in_old = index_of(&b, old_layer), *in_new = index_of(&c, new_layer);
    noi_random random = noi_random_of(1, 'x', 0);
    for (uint32_t p = 0; p < l->tables->n_pieces; p++)
        for (int i = 0; i < 20; i++) {
            double at[2];
            noi_shape_point(at, l->shape, p, &random);
            assert_int_equal(noi_index_locate(in_pieces, at[0], at[1]), p);
            assert_int_equal(noi_index_locate(in_old, at[0], at[1]), l->tables->pieces[p].old_unit);
            assert_int_equal(noi_index_locate(in_new, at[0], at[1]), l->tables->pieces[p].new_unit);
        }
}

static void border_points_lie_inside_near_the_border(void **state) {
    const land *l = *state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *new_layer = noi_shape_new_layer(l->shape);
    NOI_AUTO_BUF noi_buf bytes = {0};
    const noi_index *index = index_of(&bytes, new_layer);
    noi_random random = noi_random_of(2, 'x', 0);
    size_t n = 0;
    for (uint32_t p = 0; p < l->tables->n_pieces; p++) {
        if (!noi_shape_has_border(l->shape, p))
            continue;
        double at[2];
        noi_shape_border_point(at, l->shape, p, 6, &random);
        assert_int_equal(noi_index_locate(index, at[0], at[1]), l->tables->pieces[p].new_unit);
        assert_true(noi_index_border_m(index, at[0], at[1], 100) < 6.5);
        n++;
    }
    assert_true(n > 300);
}

static void the_seed_makes_the_land(void **state) {
    const land *l = *state;
    NOI_AUTO(noi_shape_freep) noi_shape *same = NULL, *other = NULL;
    assert_int_equal(noi_shape_make(&same, l->tables, 7, 600), NOI_OK);
    assert_int_equal(noi_shape_make(&other, l->tables, 8, 600), NOI_OK);
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = noi_shape_new_layer(l->shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = noi_shape_new_layer(same);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_shape_new_layer(other);
    assert_int_equal(a->n_vertices, b->n_vertices);
    assert_memory_equal(a->xy, b->xy, 2 * sizeof(double) * a->n_vertices);
    size_t least = a->n_vertices < c->n_vertices ? a->n_vertices : c->n_vertices;
    assert_memory_not_equal(a->xy, c->xy, 2 * sizeof(double) * least);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_add_up),
        cmocka_unit_test(every_unit_has_land),
        cmocka_unit_test(layers_have_no_defect),
        cmocka_unit_test(points_lie_in_their_units),
        cmocka_unit_test(border_points_lie_inside_near_the_border),
        cmocka_unit_test(the_seed_makes_the_land),
    };
    return cmocka_run_group_tests(tests, make_land, land_free);
}
