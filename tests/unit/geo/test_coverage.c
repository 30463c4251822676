/* Plan: building keeps the arrays right at each step; WKB goes in in every dialect and out again
 * unchanged; untrusted WKB is refused with the coverage as it was, whatever byte is cut or changed. */
#include "testing.h"

#include "drawn_map.h"

#include <math.h>

static void a_closing_vertex_is_dropped(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    const double open[] = {0, 0, 1, 0, 1, 1}, closed[] = {0, 0, 1, 0, 1, 1, 0, 0};
    noi_coverage_add_unit(c, 7);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, open, 3);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, closed, 4);
    assert_int_equal(c->n_vertices, 6);
    assert_int_equal(c->unit_polygon[1], 2);
    assert_int_equal(c->polygon_ring[1], 1);
    assert_int_equal(c->ring_vertex[2], 6);
    assert_int_equal(c->unit_code[0], 7);
}

static void bounds_of_nothing_are_not_numbers(void **state) {
    (void)state;
    double b[4];
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    noi_coverage_bounds(b, none);
    for (int i = 0; i < 4; i++)
        assert_true(isnan(b[i]));
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map("AAB"
                                                             ".AB",
                                                             3);
    noi_coverage_bounds(b, c);
    assert_true(b[0] == 0 && b[1] == 0 && b[2] == 3 && b[3] == 2);
}

static void wkb_goes_out_and_in_unchanged(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = drawn_map("AAAA.C"
                                                             "AB.A.C"
                                                             "AAAACC",
                                                             6);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = noi_coverage_new();
    for (uint32_t u = 0; u < a->n_units; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, a, u);
        assert_int_equal(noi_coverage_add_wkb(b, a->unit_code[u], wkb.p, wkb.n), NOI_OK);
    }
    assert_int_equal(b->n_units, a->n_units);
    assert_int_equal(b->n_polygons, a->n_polygons);
    assert_int_equal(b->n_rings, a->n_rings);
    assert_int_equal(b->n_vertices, a->n_vertices);
    assert_memory_equal(a->xy, b->xy, 2 * a->n_vertices * sizeof(double));
    assert_memory_equal(a->polygon_ring, b->polygon_ring, (a->n_polygons + 1) * 4);
    assert_memory_equal(a->unit_polygon, b->unit_polygon, (a->n_units + 1) * 4);
}

static void put(noi_buf *out, bool big, const void *bytes, size_t n) {
    const char *b = bytes; /* this machine is little-endian, as noi's files are */
    for (size_t i = 0; i < n; i++)
        noi_buf_add_char(out, b[big ? n - 1 - i : i]);
}

static void put_triangle(noi_buf *out, bool big, uint32_t type, unsigned n_dimensions, bool srid) {
    const double xy[] = {106, 10, 107, 10, 106.5, 11, 106, 10};
    uint32_t one = 1, four = 4, epsg = 4326;
    noi_buf_add_char(out, big ? 0 : 1);
    put(out, big, &type, 4);
    if (srid)
        put(out, big, &epsg, 4);
    put(out, big, &one, 4);
    put(out, big, &four, 4);
    for (int i = 0; i < 4; i++) {
        const double height = 12.5;
        put(out, big, &xy[2 * i], 8);
        put(out, big, &xy[2 * i + 1], 8);
        for (unsigned d = 2; d < n_dimensions; d++)
            put(out, big, &height, 8);
    }
}

static void every_dialect_of_wkb_is_read(void **state) {
    (void)state;
    static const struct {
        uint32_t type;
        unsigned n;
        bool srid;
    } dialects[] = {{3, 2, 0},           {1003, 3, 0},        {2003, 3, 0},       {3003, 4, 0},
                    {0x80000003u, 3, 0}, {0x40000003u, 3, 0}, {0xC0000003u, 4, 0}, {0x20000003u, 2, 1},
                    {0xE0000003u, 4, 1}};
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        for (int big = 0; big <= 1; big++) {
            NOI_AUTO_BUF noi_buf wkb = {0};
            put_triangle(&wkb, big, dialects[i].type, dialects[i].n, dialects[i].srid);
            NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
            assert_int_equal(noi_coverage_add_wkb(c, 1, wkb.p, wkb.n), NOI_OK);
            assert_int_equal(c->n_vertices, 3);
            assert_true(c->xy[4] == 106.5 && c->xy[5] == 11);
        }
}

static void bad_wkb_leaves_the_coverage_as_it_was(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map("AB", 2);
    NOI_AUTO_BUF noi_buf wkb = {0};
    noi_coverage_wkb(&wkb, c, 0);
    const noi_coverage before = *c;
    for (size_t n = 0; n < wkb.n; n++) {
        NOI_AUTO_FREE char *cut = noi_alloc(n); /* its own block: reading past it is seen */
        memcpy(cut, wkb.p, n);
        assert_int_equal(noi_coverage_add_wkb(c, 9, cut, n), NOI_ERR_INPUT);
        assert_int_equal(c->n_units, before.n_units);
        assert_int_equal(c->n_vertices, before.n_vertices);
        assert_int_equal(c->unit_polygon[c->n_units], c->n_polygons);
        assert_int_equal(c->ring_vertex[c->n_rings], c->n_vertices);
    }
    static const char point[] = "\1\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    assert_int_equal(noi_coverage_add_wkb(c, 9, point, 21), NOI_ERR_INPUT);
    const double nothing = NAN;
    memcpy(wkb.p + wkb.n - 16, &nothing, 8);
    assert_int_equal(noi_coverage_add_wkb(c, 9, wkb.p, wkb.n), NOI_ERR_INPUT);
    noi_buf_add_char(&wkb, 'x');
    assert_int_equal(noi_coverage_add_wkb(c, 9, wkb.p, wkb.n), NOI_ERR_INPUT);
    assert_int_equal(c->n_units, before.n_units);
}

static void a_lying_count_costs_no_memory(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    static const unsigned char huge[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255};
    assert_int_equal(noi_coverage_add_wkb(c, 1, huge, sizeof huge), NOI_ERR_INPUT);
    static const unsigned char many[] = {1, 6, 0, 0, 0, 255, 255, 255, 255};
    assert_int_equal(noi_coverage_add_wkb(c, 1, many, sizeof many), NOI_ERR_INPUT);
}

NOI_TEST_MAIN(cmocka_unit_test(a_closing_vertex_is_dropped),
              cmocka_unit_test(bounds_of_nothing_are_not_numbers),
              cmocka_unit_test(wkb_goes_out_and_in_unchanged),
              cmocka_unit_test(every_dialect_of_wkb_is_read),
              cmocka_unit_test(bad_wkb_leaves_the_coverage_as_it_was),
              cmocka_unit_test(a_lying_count_costs_no_memory))
