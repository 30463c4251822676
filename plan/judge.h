/* judge.h: what judge.c works with, record by record; nothing here is allocated. */
#ifndef NOI_PLAN_JUDGE_H
#define NOI_PLAN_JUDGE_H

#include "plan/plan.h"

#define SET_MAX 64

/* Units, ascending, each once; `more` when some did not fit. */
typedef struct unit_set {
    size_t n;
    bool more;
    uint16_t items[SET_MAX];
} unit_set;

/* Where the record may lie: old units of the eve, or new units that it already names. */
typedef struct hypotheses {
    unit_set old_units, new_units;
    uint32_t warnings;
} hypotheses;

typedef struct evidence {
    bool has_code, has_text;
    bool disagrees;     /* code and text, or ward and district, contradict each other */
    bool district_only; /* no ward was read, a district was */
    noi_code code;
    noi_code district; /* the code is a district's */
    hypotheses by_code, by_text;
    noi_reading reading;
} evidence;

/* The new units that the hypotheses lead to. */
typedef struct candidates {
    unit_set units;
    bool area_only; /* one of them received area, but no people */
    bool dead_end;  /* a hypothesis ended without an edge: the plan does not cover it */
} candidates;

typedef struct point {
    double lon, lat;
    double error_m;
    bool usable;    /* plausible, and the plan has a layer */
    bool outside;   /* in no area of the layer */
    uint16_t in;    /* the new unit that holds it */
    unit_set reach; /* new units within its error */
    float border_m;
    uint32_t warnings;
} point;

#endif
