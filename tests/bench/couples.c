/* A straightforward match with couples: singles first, then couples one at a time, an applicant stack and a program
   stack; each program keeps whom it holds in a small sorted array. Solve only: ranks and joint lists come prepared. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int32_t program, rank; } Entry;
typedef struct { Entry a, b; } Line; /* program -1: no match for that member */

typedef struct {
    int32_t n, m, couples;
    const int32_t *quota, *ppref, *member_a, *member_b, *couple_of; /* couple_of[a]: -1 for singles */
    const int64_t *aptr, *pptr, *cptr;
    const Entry *entry;
    const Line *line;
    int64_t *single_at, *couple_at, *first; /* entry or line held; the end of the list = unmatched */
    int32_t *held, *count, *units, *programs, units_top, programs_top, *tries;
    char *waiting, *open;
    int64_t proposals;
} Market;

static int32_t room_of(const Market *k, int32_t p) { return (int32_t)(k->first[p + 1] - k->first[p]); }

static int would_take(const Market *k, Entry e, int32_t also, int32_t worst_rank) {
    /* Would the program keep `also` newcomers, the worst of whom has worst_rank, next to all it holds now? */
    int32_t room = room_of(k, e.program), out = k->count[e.program] + also - room;
    if (e.rank < 0 || also > room) return 0;
    return out <= 0 || (out <= k->count[e.program] && k->held[k->first[e.program] + k->count[e.program] - out] > worst_rank);
}

static void vacate(Market *k, Entry e) {
    int32_t *h = k->held + k->first[e.program], i = 0;
    while (h[i] != e.rank) i++;
    memmove(h + i, h + i + 1, (size_t)(--k->count[e.program] - i) * sizeof *h);
    if (!k->open[e.program]) k->open[e.program] = 1, k->programs[k->programs_top++] = e.program;
}

static void wait_for_place(Market *k, int32_t unit) {
    if (!k->waiting[unit]) k->waiting[unit] = 1, k->units[k->units_top++] = unit;
}

static void lose(Market *k, int32_t applicant, int32_t program) {
    int32_t c = k->couple_of[applicant];
    if (c < 0) {
        k->single_at[applicant] = k->aptr[applicant + 1];
        wait_for_place(k, applicant);
        return;
    }
    Line l = k->line[k->couple_at[c]];
    Entry other = applicant == k->member_a[c] ? l.b : l.a;
    k->couple_at[c] = k->cptr[c + 1];
    if (other.program >= 0) vacate(k, other);
    (void)program;
    wait_for_place(k, k->n + c);
}

static void take(Market *k, Entry e) {
    int32_t *h = k->held + k->first[e.program], i, out = -1;
    if (k->count[e.program] == room_of(k, e.program)) out = h[--k->count[e.program]];
    for (i = k->count[e.program]++; i > 0 && h[i - 1] > e.rank; i--) h[i] = h[i - 1];
    h[i] = e.rank;
    if (out >= 0) lose(k, k->ppref[k->pptr[e.program] + out], e.program);
}

static void place_single(Market *k, int32_t a) {
    int64_t now = k->single_at[a];
    for (int64_t c = k->aptr[a]; c < now; c++) {
        k->proposals++;
        if (!would_take(k, k->entry[c], 1, k->entry[c].rank)) continue;
        k->single_at[a] = c;
        if (now < k->aptr[a + 1]) vacate(k, k->entry[now]);
        take(k, k->entry[c]);
        return;
    }
}

static int same(Entry x, Entry y) { return x.program >= 0 && x.program == y.program; }

static int pair_taken(const Market *k, Line l, Line now) {
    int a = l.a.program >= 0 && !same(l.a, now.a), b = l.b.program >= 0 && !same(l.b, now.b);
    if ((l.a.program >= 0 && l.a.rank < 0) || (l.b.program >= 0 && l.b.rank < 0)) return 0;
    if (same(l.a, l.b)) return would_take(k, l.a, a + b, l.a.rank > l.b.rank ? l.a.rank : l.b.rank);
    return (!a || would_take(k, l.a, 1, l.a.rank)) && (!b || would_take(k, l.b, 1, l.b.rank));
}

static void place_couple(Market *k, int32_t c) {
    const Line none = {{-1, -1}, {-1, -1}};
    int64_t at = k->couple_at[c];
    Line now = at < k->cptr[c + 1] ? k->line[at] : none;
    if (k->tries[c] > 100) return;
    for (int64_t i = k->cptr[c]; i < at; i++) {
        Line l = k->line[i];
        k->proposals++;
        if (!pair_taken(k, l, now)) continue;
        k->tries[c]++;
        k->couple_at[c] = i;
        if (now.a.program >= 0 && !same(l.a, now.a)) vacate(k, now.a);
        if (now.b.program >= 0 && !same(l.b, now.b)) vacate(k, now.b);
        if (l.a.program >= 0 && !same(l.a, now.a)) take(k, l.a);
        if (k->couple_at[c] != i) return;
        if (l.b.program >= 0 && !same(l.b, now.b)) take(k, l.b);
        return;
    }
}

static int better_here(const Market *k, int32_t a, int32_t p) {
    int32_t c = k->couple_of[a];
    if (c < 0) {
        for (int64_t i = k->aptr[a]; i < k->single_at[a]; i++)
            if (k->entry[i].program == p) return 1;
        return 0;
    }
    for (int64_t i = k->cptr[c]; i < k->couple_at[c]; i++)
        if ((a == k->member_a[c] ? k->line[i].a : k->line[i].b).program == p) return 1;
    return 0;
}

static void refill(Market *k, int32_t p) {
    for (int64_t i = k->pptr[p]; i < k->pptr[p + 1]; i++) {
        int32_t a = k->ppref[i], c = k->couple_of[a], rank = (int32_t)(i - k->pptr[p]);
        Entry e = {p, rank};
        if (!would_take(k, e, 1, rank) && (c < 0 || room_of(k, p) < 2)) break;
        if (!better_here(k, a, p)) continue;
        if (c < 0) place_single(k, a);
        else place_couple(k, c);
    }
}

static void settle(Market *k) {
    while (k->units_top || k->programs_top) {
        if (k->units_top) {
            int32_t u = k->units[--k->units_top];
            k->waiting[u] = 0;
            if (u < k->n) place_single(k, u);
            else place_couple(k, u - k->n);
        } else {
            int32_t p = k->programs[--k->programs_top];
            k->open[p] = 0;
            refill(k, p);
        }
    }
}

/* program_of[n]: -1 = unmatched. Returns the number of proposals. */
int64_t match_couples(int32_t n, int32_t m, int32_t couples, const int32_t *quota, const int64_t *aptr, const Entry *entry,
                      const int64_t *pptr, const int32_t *ppref, const int32_t *member_a, const int32_t *member_b,
                      const int64_t *cptr, const Line *line, int32_t *program_of) {
    Market k = {.n = n, .m = m, .couples = couples, .quota = quota, .ppref = ppref, .member_a = member_a,
                .member_b = member_b, .aptr = aptr, .pptr = pptr, .cptr = cptr, .entry = entry, .line = line};
    int32_t *couple_of = malloc((n + 1) * sizeof *couple_of);
    k.couple_of = couple_of;
    k.single_at = malloc((n + 1) * sizeof *k.single_at);
    k.couple_at = malloc((couples + 1) * sizeof *k.couple_at);
    k.first = malloc((m + 1) * sizeof *k.first);
    k.first[0] = 0;
    for (int32_t p = 0; p < m; p++) {
        int64_t listed = pptr[p + 1] - pptr[p];
        k.first[p + 1] = k.first[p] + (quota[p] < listed ? quota[p] : listed);
    }
    k.held = malloc((k.first[m] + 1) * sizeof *k.held);
    k.count = calloc(m + 1, sizeof *k.count);
    k.units = malloc((n + couples + 1) * sizeof *k.units);
    k.programs = malloc((m + 1) * sizeof *k.programs);
    k.tries = calloc(couples + 1, sizeof *k.tries);
    k.waiting = calloc(n + couples + 1, 1);
    k.open = calloc(m + 1, 1);
    for (int32_t a = 0; a < n; a++) couple_of[a] = -1, k.single_at[a] = aptr[a + 1];
    for (int32_t c = 0; c < couples; c++) {
        couple_of[member_a[c]] = couple_of[member_b[c]] = c;
        k.couple_at[c] = cptr[c + 1];
    }
    for (int32_t a = 0; a < n; a++) {
        wait_for_place(&k, a);
        settle(&k);
    }
    for (int32_t c = 0; c < couples; c++) {
        wait_for_place(&k, n + c);
        settle(&k);
    }
    for (int32_t a = 0; a < n; a++) program_of[a] = k.single_at[a] < aptr[a + 1] ? entry[k.single_at[a]].program : -1;
    for (int32_t c = 0; c < couples; c++) {
        if (k.couple_at[c] >= cptr[c + 1]) continue;
        program_of[member_a[c]] = line[k.couple_at[c]].a.program;
        program_of[member_b[c]] = line[k.couple_at[c]].b.program;
    }
    free(couple_of), free(k.single_at), free(k.couple_at), free(k.first), free(k.held), free(k.count), free(k.units);
    free(k.programs), free(k.tries), free(k.waiting), free(k.open);
    return k.proposals;
}
