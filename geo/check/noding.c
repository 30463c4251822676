/*
 * noding.c: unbalanced edges, noded by GEOS and made into faces.
 *
 * What hangs together is polygonised by itself. All at once, GEOS would look for the shell that
 * each sliver is a hole of, along all vertices of the outline of the country. So a face here does
 * not have as holes what lies in it without touching it: face_point and face_without_inner see to
 * that where it matters.
 */
#include "geo/check/checker.h"

#include "base/i18n.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

static void geometry_free(checker *k, GEOSGeometry *shape) {
    if (shape)
        GEOSGeom_destroy_r(k->g.handle, shape);
}

/* ---- unbalanced edges as lines ---- */

/* Writes the places of one line, beginning with unbalanced edge *i, and moves *i behind it. Edges
 * stand in the order of the rings, so the line goes on while each starts where the one before it
 * ended. */
static unsigned run_on(double *xy, const borders *b, size_t *i) {
    unsigned n = 1;
    double end[4];
    borders_ends(end, b, b->unbalanced[*i]);
    memcpy(xy, end, 2 * sizeof *xy);
    while (xy[2 * n - 2] == end[0] && xy[2 * n - 1] == end[1]) {
        memcpy(xy + 2 * (size_t)n++, end + 2, 2 * sizeof *xy);
        if (++*i == b->n_unbalanced)
            break;
        borders_ends(end, b, b->unbalanced[*i]);
    }
    return n;
}

static GEOSGeometry *unbalanced_lines(checker *k) {
    const borders *b = &k->borders;
    NOI_AUTO_FREE GEOSGeometry **line = noi_alloc((b->n_unbalanced + 1) * sizeof(GEOSGeometry *));
    NOI_AUTO_FREE double *xy = noi_alloc(2 * (b->n_unbalanced + 1) * sizeof *xy);
    unsigned n_lines = 0;
    for (size_t i = 0; i < b->n_unbalanced;) {
        unsigned n = run_on(xy, b, &i);
        GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(k->g.handle, xy, n, 0, 0);
        line[n_lines++] = GEOSGeom_createLineString_r(k->g.handle, seq);
    }
    return GEOSGeom_createCollection_r(k->g.handle, GEOS_MULTILINESTRING, line, n_lines);
}

/* ---- what hangs together ---- */

/* An end of a noded line. */
typedef struct line_end {
    double x, y;
    uint32_t line;
} line_end;

static int by_place(const void *p, const void *q) {
    const line_end *a = p, *b = q;
    int order = check_compare(a->x, b->x);
    if (!order)
        order = check_compare(a->y, b->y);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static uint32_t root_of(uint32_t *part, uint32_t i) {
    while (part[i] != i)
        i = part[i] = part[part[i]];
    return i;
}

/* A noded line and the part that it belongs to: the number of one of its lines. */
typedef struct part_line {
    uint32_t part, line;
} part_line;

static int by_part(const void *p, const void *q) {
    const part_line *a = p, *b = q;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

static void end_of_line(line_end *out, checker *k, const GEOSCoordSequence *seq, unsigned at,
                        uint32_t line) {
    out->line = line;
    GEOSCoordSeq_getXY_r(k->g.handle, seq, at, &out->x, &out->y);
}

/* Sorts the lines by part; `line` has room for n. */
static void find_parts(part_line *line, checker *k, const GEOSGeometry *noded, uint32_t n) {
    NOI_AUTO_FREE line_end *end = noi_alloc(2 * (size_t)n * sizeof *end);
    NOI_AUTO_FREE uint32_t *part = noi_alloc(n * sizeof *part);
    for (uint32_t i = 0; i < n; i++) {
        const GEOSGeometry *one = GEOSGetGeometryN_r(k->g.handle, noded, (int)i);
        const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(k->g.handle, one);
        unsigned size = 0;
        GEOSCoordSeq_getSize_r(k->g.handle, seq, &size);
        end_of_line(&end[2 * (size_t)i], k, seq, 0, i);
        end_of_line(&end[2 * (size_t)i + 1], k, seq, size - 1, i);
        part[i] = i;
    }
    qsort(end, 2 * (size_t)n, sizeof *end, by_place);
    for (size_t i = 1; i < 2 * (size_t)n; i++)
        if (end[i].x == end[i - 1].x && end[i].y == end[i - 1].y)
            part[root_of(part, end[i].line)] = root_of(part, end[i - 1].line);
    for (uint32_t i = 0; i < n; i++)
        line[i] = (part_line){root_of(part, i), i};
    qsort(line, n, sizeof *line, by_part);
}

/* ---- faces ---- */

static bool add_faces(faces *out, checker *k, const GEOSGeometry *const *line, unsigned n,
                      uint32_t part) {
    GEOSGeometry *made = GEOSPolygonize_r(k->g.handle, line, n);
    int n_made = made ? GEOSGetNumGeometries_r(k->g.handle, made) : 0;
    for (int i = 0; i < n_made; i++) {
        const GEOSGeometry *shape = GEOSGetGeometryN_r(k->g.handle, made, i);
        NOI_GROW(out->item, out->capacity, out->n + 1);
        noded_face *f = &out->item[out->n++];
        *f = (noded_face){.part = part, .shape = GEOSGeom_clone_r(k->g.handle, shape)};
        GEOSArea_r(k->g.handle, shape, &f->area);
    }
    geometry_free(k, made);
    return made != NULL;
}

static bool make_faces(faces *out, checker *k, const GEOSGeometry *noded) {
    uint32_t n = (uint32_t)GEOSGetNumGeometries_r(k->g.handle, noded);
    NOI_AUTO_FREE part_line *line = noi_alloc(n * sizeof *line);
    NOI_AUTO_FREE const GEOSGeometry **own = noi_alloc(n * sizeof(const GEOSGeometry *));
    find_parts(line, k, noded, n);
    for (uint32_t i = 0, to; i < n; i = to) {
        for (to = i; to < n && line[to].part == line[i].part; to++)
            own[to - i] = GEOSGetGeometryN_r(k->g.handle, noded, (int)line[to].line);
        if (!add_faces(out, k, own, to - i, line[i].part))
            return false;
    }
    return true;
}

noi_status faces_make(faces *out, checker *k) {
    GEOSGeometry *lines = unbalanced_lines(k);
    GEOSGeometry *noded = lines ? GEOSUnaryUnion_r(k->g.handle, lines) : NULL;
    geometry_free(k, lines);
    bool done = noded && make_faces(out, k, noded);
    geometry_free(k, noded);
    if (!done)
        return geos_fail(&k->g, _("looking for gaps and overlaps"));
    out->k = k;
    out->tree = GEOSSTRtree_create_r(k->g.handle, 10);
    for (size_t i = 0; i < out->n; i++)
        GEOSSTRtree_insert_r(k->g.handle, out->tree, out->item[i].shape, &out->item[i]);
    return NOI_OK;
}

void faces_free(faces *f) {
    if (f->tree)
        GEOSSTRtree_destroy_r(f->k->g.handle, f->tree);
    for (size_t i = 0; i < f->n; i++)
        GEOSGeom_destroy_r(f->k->g.handle, f->item[i].shape);
    free(f->item);
}

/* ---- what lies in a face without touching it ---- */

typedef struct inner_search {
    checker *k;
    const noded_face *face;
    const GEOSGeometry *point;            /* NULL: all inner faces are wanted */
    const GEOSPreparedGeometry *prepared; /* the face, for that */
    GEOSGeometry **inner;
    size_t n, capacity;
} inner_search;

/* Faces of different parts do not cross: where they have a place in common, the smaller lies in the
 * larger. */
static void take_inner(void *item, void *context) {
    inner_search *s = context;
    const noded_face *other = item;
    GEOSContextHandle_t handle = s->k->g.handle;
    if (other->part == s->face->part || !(other->area < s->face->area))
        return;
    if (s->point) {
        s->n += GEOSIntersects_r(handle, other->shape, s->point) == 1;
        return;
    }
    if (GEOSPreparedContains_r(handle, s->prepared, other->shape) != 1)
        return;
    NOI_GROW(s->inner, s->capacity, s->n + 1);
    s->inner[s->n++] = GEOSGeom_clone_r(handle, other->shape);
}

GEOSGeometry *face_without_inner(const faces *all, const noded_face *f) {
    checker *k = all->k;
    inner_search s = {.k = k, .face = f};
    s.prepared = GEOSPrepare_r(k->g.handle, f->shape);
    GEOSSTRtree_query_r(k->g.handle, all->tree, f->shape, take_inner, &s);
    GEOSPreparedGeom_destroy_r(k->g.handle, s.prepared);
    if (!s.n)
        return GEOSGeom_clone_r(k->g.handle, f->shape);
    GEOSGeometry *inner =
        GEOSGeom_createCollection_r(k->g.handle, GEOS_GEOMETRYCOLLECTION, s.inner, (unsigned)s.n);
    free(s.inner);
    GEOSGeometry *joined = GEOSUnaryUnion_r(k->g.handle, inner);
    geometry_free(k, inner);
    GEOSGeometry *rest = joined ? GEOSDifference_r(k->g.handle, f->shape, joined) : NULL;
    geometry_free(k, joined);
    return rest;
}

static bool lies_in_inner(const faces *all, const noded_face *f, const double at[2]) {
    checker *k = all->k;
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(k->g.handle, at[0], at[1]);
    inner_search s = {.k = k, .face = f, .point = point};
    GEOSSTRtree_query_r(k->g.handle, all->tree, point, take_inner, &s);
    geometry_free(k, point);
    return s.n > 0;
}

/* A point in one of several bands across the face: for the outline of a country with ten thousand
 * slivers in it that is far less work than to cut them out. */
static bool point_in_band(double out[2], const faces *all, const noded_face *f) {
    enum { BANDS = 7 };
    GEOSContextHandle_t handle = all->k->g.handle;
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    GEOSGeom_getXMin_r(handle, f->shape, &x1);
    GEOSGeom_getYMin_r(handle, f->shape, &y1);
    GEOSGeom_getXMax_r(handle, f->shape, &x2);
    GEOSGeom_getYMax_r(handle, f->shape, &y2);
    for (int i = 1; i < BANDS; i++) {
        double low = y1 + (y2 - y1) * i / BANDS, high = low + (y2 - y1) / (8 * BANDS);
        GEOSGeometry *band = GEOSClipByRect_r(handle, f->shape, x1, low, x2, high);
        bool found = band && geos_point_on(&all->k->g, out, band);
        geometry_free(all->k, band);
        GEOSGeometry *point = GEOSGeom_createPointFromXY_r(handle, out[0], out[1]);
        found = found && GEOSContains_r(handle, f->shape, point) == 1;
        geometry_free(all->k, point);
        if (found && !lies_in_inner(all, f, out))
            return true;
    }
    return false;
}

bool face_point(double out[2], const faces *all, const noded_face *f) {
    checker *k = all->k;
    if (!geos_point_on(&k->g, out, f->shape))
        return false;
    if (!lies_in_inner(all, f, out) || point_in_band(out, all, f))
        return true;
    GEOSGeometry *rest = face_without_inner(all, f);
    bool found = rest && geos_point_on(&k->g, out, rest);
    geometry_free(k, rest);
    return found;
}
