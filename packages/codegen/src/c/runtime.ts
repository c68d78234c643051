/**
 * What every program begins with: a buffer that keeps one tile an instance, how words enter and leave it, and what that
 * counts.
 */
export function runtimeText(ranks: number, axes: number): string {
  return `#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANKS = ${Math.max(1, ranks)}, AXES = ${Math.max(1, axes)} };
typedef long long word;

// The buffers of one tensor at one level: a tile in every instance. A word lies at its coordinates modulo the tile's
// extents, so that it stays where it is while the tile moves on.
typedef struct buffer {
  const char *level, *tensor;
  struct buffer *parent;     // filled from here; NULL for the outermost level, which holds the whole tensor
  int is_output, ranks;
  long extent[RANKS];
  long instances, children;  // in all; of one instance of the parent
  int axes;
  // Loops in space that number the instances, outermost first: factor, and the move of one step.
  long axis[AXES][1 + RANKS];
  word *data;
  long *at;                  // where the tile of every instance begins
  char *has;                 // by word: whether it is there
  long long step;            // of the words that came from the parent, or went back to it
  // By word: the last step in which a child took it, or gave it back; others in that step share it.
  long long *sent, *given;
  unsigned char *seen;       // by instance and word of the tensor: whether some child has had it
  long long reads, updates, fills;
} buffer;

static long tile_words(const buffer *b) {
  long words = 1;
  for (int r = 0; r < b->ranks; r++) words *= b->extent[r];
  return words;
}

static void *zeroed(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) {
    fputs("out of memory\\n", stderr);
    exit(1);
  }
  return memory;
}

static const buffer *whole(const buffer *b) {
  while (b->parent != NULL) b = b->parent;
  return b;
}

static void prepare(buffer *b) {
  size_t words = (size_t)(b->instances * tile_words(b));
  b->data = zeroed(words, sizeof(word));
  b->at = zeroed((size_t)b->instances * RANKS, sizeof(long));
  b->has = zeroed(words, 1);
  b->sent = zeroed(words, sizeof(long long));
  b->given = zeroed(words, sizeof(long long));
  if (b->is_output) b->seen = zeroed((size_t)(b->instances * tile_words(whole(b))), 1);
}

// Where the tile of an instance begins: what the loops in time have moved it by, and its place in the array.
static void origin(const buffer *b, long instance, const long *moved, long *at) {
  memcpy(at, moved, RANKS * sizeof(long));
  for (int a = b->axes - 1; a >= 0; a--) {
    long index = instance % b->axis[a][0];
    instance /= b->axis[a][0];
    for (int r = 0; r < b->ranks; r++) at[r] += index * b->axis[a][1 + r];
  }
}

static long slot(const buffer *b, long instance, const long *point) {
  long position = instance;
  for (int r = 0; r < b->ranks; r++) position = position * b->extent[r] + point[r] % b->extent[r];
  return position;
}

static int within(const buffer *b, const long *at, const long *point) {
  for (int r = 0; r < b->ranks; r++) {
    if (point[r] < at[r] || point[r] >= at[r] + b->extent[r]) return 0;
  }
  return 1;
}

// The next point of the tile that begins at \`at\`; 0 after the last.
static int next(const buffer *b, const long *at, long *point) {
  for (int r = b->ranks - 1; r >= 0; r--) {
    if (++point[r] < at[r] + b->extent[r]) return 1;
    point[r] = at[r];
  }
  return 0;
}

static unsigned char *seen(const buffer *parent, long instance, const long *point) {
  return &parent->seen[slot(whole(parent), 0, point) + instance * tile_words(whole(parent))];
}

// A child takes a word: one read for all children that want it in this step. What no child has had is a sum that has
// not begun: it is zero, and neither read nor filled. One child gets the sum, the others begin at zero.
static word take(buffer *parent, long instance, const long *point, long long step, int *filled) {
  long from = slot(parent, instance, point);
  int first = parent->sent[from] != step;
  parent->sent[from] = step;
  *filled = !parent->is_output;
  if (!parent->is_output) {
    parent->reads += first;
    return parent->data[from];
  }
  if (!first) return 0;
  unsigned char *had = seen(parent, instance, point);
  *filled = *had;
  parent->reads += *had;
  *had = 1;
  word sum = parent->data[from];
  parent->data[from] = 0;
  return sum;
}

// A child gives a partial sum back: one update for all children that give the same word in this step.
static inline void give(buffer *parent, long instance, const long *point, long long step, word sum) {
  long to = slot(parent, instance, point);
  parent->updates += parent->given[to] != step;
  parent->given[to] = step;
  parent->data[to] += sum;
}

// Partial sums that the tile at its next place lacks go up; all of them where \`moved\` is NULL.
static inline void leave(buffer *b, const long *moved) {
  b->step++;
  for (long i = 0; i < b->instances; i++) {
    long to[RANKS], point[RANKS];
    if (moved != NULL) origin(b, i, moved, to);
    const long *at = &b->at[i * RANKS];
    memcpy(point, at, sizeof point);
    do {
      long own = slot(b, i, point);
      if (!b->has[own] || (moved != NULL && within(b, to, point))) continue;
      give(b->parent, i / b->children, point, b->step, b->data[own]);
      b->data[own] = 0;
      b->has[own] = 0;
    } while (next(b, at, point));
  }
}

// Words that the tile at its next place adds come down.
static inline void enter(buffer *b, const long *moved) {
  b->step++;
  for (long i = 0; i < b->instances; i++) {
    long to[RANKS], point[RANKS];
    origin(b, i, moved, to);
    long *at = &b->at[i * RANKS];
    memcpy(point, to, sizeof point);
    do {
      int filled;
      long own = slot(b, i, point);
      if (b->has[own] && within(b, at, point)) continue;
      b->data[own] = take(b->parent, i / b->children, point, b->step, &filled);
      b->has[own] = 1;
      b->fills += filled;
    } while (next(b, to, point));
    memcpy(at, to, sizeof to);
  }
}

// A multiplier's operand.
static inline word operand(buffer *b, long unit, const long *moved) {
  long point[RANKS];
  int filled;
  origin(b, unit, moved, point);
  return take(b->parent, unit / b->children, point, b->step, &filled);
}

// A multiplier adds to a partial sum: it is read if it has begun, and written.
static inline void accumulate(buffer *b, long unit, const long *moved, word product) {
  long point[RANKS];
  int filled;
  origin(b, unit, moved, point);
  word sum = take(b->parent, unit / b->children, point, b->step, &filled);
  give(b->parent, unit / b->children, point, b->step, sum + product);
}
`;
}
