/* A straightforward match of singles: inverse ranks, then applicant-proposing deferred acceptance. The peer of the figures. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int32_t program, rank; } Entry;
typedef struct { int32_t rank, applicant; } Held;

/* The rank of each applicant at each program of the applicant's list; -1 = not listed there. */
static void build(int32_t n, int32_t m, const int64_t *aptr, const int32_t *apref, const int64_t *pptr, const int32_t *ppref, Entry *entry) {
    int64_t *next = malloc((m + 1) * sizeof *next), edges = aptr[n];
    int64_t *place = malloc((edges + 1) * sizeof *place);
    int32_t *owner = malloc((edges + 1) * sizeof *owner), *rank = malloc((n + 1) * sizeof *rank);
    memset(next, 0, (m + 1) * sizeof *next);
    for (int64_t e = 0; e < edges; e++) next[apref[e] + 1]++;
    for (int32_t p = 0; p < m; p++) next[p + 1] += next[p];
    for (int32_t a = 0; a < n; a++)
        for (int64_t e = aptr[a]; e < aptr[a + 1]; e++) {
            int64_t k = next[apref[e]]++;
            place[k] = e;
            owner[k] = a;
        }
    memset(rank, -1, n * sizeof *rank);
    int64_t k = 0;
    for (int32_t p = 0; p < m; p++) {
        for (int64_t i = pptr[p]; i < pptr[p + 1]; i++) rank[ppref[i]] = (int32_t)(i - pptr[p]);
        for (; k < next[p]; k++) entry[place[k]] = (Entry){p, rank[owner[k]]};
        for (int64_t i = pptr[p]; i < pptr[p + 1]; i++) rank[ppref[i]] = -1;
    }
    free(next), free(place), free(owner), free(rank);
}

/* Puts `held` into a heap of `size` with the worst on top. */
static void sift_down(Held *heap, int32_t size, Held held) {
    int32_t i = 0;
    for (;;) {
        int32_t child = 2 * i + 1;
        if (child >= size) break;
        if (child + 1 < size && heap[child + 1].rank > heap[child].rank) child++;
        if (heap[child].rank <= held.rank) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = held;
}

static void sift_up(Held *heap, int32_t i, Held held) {
    while (i > 0 && heap[(i - 1) / 2].rank < held.rank) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = held;
}

/* program_of[n] and position[n] (on the own list), -1 = unmatched; returns the number of proposals. */
int64_t match_singles(int32_t n, int32_t m, const int32_t *quota, const int64_t *aptr, const int32_t *apref,
                      const int64_t *pptr, const int32_t *ppref, int32_t *program_of, int32_t *position) {
    int64_t edges = aptr[n], proposals = 0, seats = 0;
    Entry *entry = malloc((edges + 1) * sizeof *entry);
    build(n, m, aptr, apref, pptr, ppref, entry);
    int64_t *first = malloc((m + 1) * sizeof *first);
    for (int32_t p = 0; p < m; p++) {
        int64_t listed = pptr[p + 1] - pptr[p];
        first[p] = seats;
        seats += quota[p] < listed ? quota[p] : listed;
    }
    first[m] = seats;
    Held *heap = malloc((seats + 1) * sizeof *heap);
    int32_t *count = calloc(m + 1, sizeof *count);
    int64_t *cursor = malloc((n + 1) * sizeof *cursor);
    memcpy(cursor, aptr, n * sizeof *cursor);
    for (int32_t first_a = 0; first_a < n; first_a++) {
        int32_t a = first_a;
        while (a >= 0 && cursor[a] < aptr[a + 1]) {
            Entry e = entry[cursor[a]++];
            proposals++;
            if (e.rank < 0) continue;
            Held *h = heap + first[e.program];
            int32_t room = (int32_t)(first[e.program + 1] - first[e.program]);
            if (count[e.program] < room) {
                sift_up(h, count[e.program]++, (Held){e.rank, a});
                a = -1;
            } else if (room > 0 && e.rank < h[0].rank) {
                int32_t out = h[0].applicant;
                sift_down(h, room, (Held){e.rank, a});
                a = out;
            }
        }
    }
    for (int32_t a = 0; a < n; a++) program_of[a] = position[a] = -1;
    for (int32_t p = 0; p < m; p++)
        for (int32_t i = 0; i < count[p]; i++) {
            int32_t a = heap[first[p] + i].applicant;
            program_of[a] = p;
            position[a] = (int32_t)(cursor[a] - aptr[a] - 1);
        }
    free(entry), free(first), free(heap), free(count), free(cursor);
    return proposals;
}
