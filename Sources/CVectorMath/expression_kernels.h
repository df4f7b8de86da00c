// Block interpreter of compiled expressions; see include/expression_kernels_api.h.
//
// Each instruction runs over a block of rows before the next one starts, so its cost of decoding is
// shared by the block and the values stay in the first-level cache. Rows past the last whole vector
// form a block of one vector, for which columns are copied and padded.

// Where the rows of a block stand: [first, first + count), or `ragged` rows, fewer than a vector,
// from first on.
typedef struct {
  const T *const *columns;
  size_t first, count, ragged;
} FN(rows);

// The rows of an operand. `padded` holds a vector for the columns of a ragged block, whose last row
// repeats, so that the padding never takes a path that the data does not.
INLINE const T *FN(operand)(int32_t operand, const T *slots, size_t block, FN(rows) rows,
                            T *padded) {
  if (operand >= 0) return slots + (size_t)operand * block;
  const T *column = rows.columns[~operand] + rows.first;
  if (rows.ragged == 0) return column;
  for (size_t i = 0; i < LANES; i++) padded[i] = column[i < rows.ragged ? i : rows.ragged - 1];
  return padded;
}

INLINE int FN(has_operand)(const TYPED(limbeck_instruction) *step) {
  return step->operation != LIMBECK_OP_FILL;
}

INLINE int FN(has_two_operands)(const TYPED(limbeck_instruction) *step) {
  return step->operation <= LIMBECK_OP_POWER;
}

INLINE V FN(sign)(V x) { return SELECT(x > 0, SPLAT(1), SELECT(x < 0, SPLAT(-1), x)); }
INLINE V FN(minimum)(V x, V y) { return SELECT((x < y) | (x != x), x, y); }
INLINE V FN(maximum)(V x, V y) { return SELECT((x > y) | (x != x), x, y); }

// 1 where the mask is set and 0 elsewhere, but NaN where either operand is: a comparison must not
// hide that its operand has left its domain.
INLINE V FN(indicator)(VI mask, V x, V y) {
  return SELECT((x != x) | (y != y), x + y, SELECT(mask, SPLAT(1), SPLAT(0)));
}

INLINE V FN(conditional)(V x, V y) { return SELECT(x > 0, y, SELECT(x != x, x, SPLAT(0))); }

// The remainder of x / y with the sign of y. fmod is exact, x - y floor(x / y) is not.
INLINE T FN(modulo)(T x, T y) {
#if TYPE_IS_F64
  T remainder = fmod(x, y);
#else
  T remainder = fmodf(x, y);
#endif
  return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder;
}

#define MAP_LANES(expression)                                                                      \
  for (size_t i = 0; i < count; i++) {                                                             \
    T x = a[i];                                                                                    \
    result[i] = (expression);                                                                      \
  }                                                                                                \
  break
#define MAP(expression)                                                                            \
  for (size_t i = 0; i < count; i += LANES) {                                                      \
    V x = LOAD(a + i);                                                                             \
    STORE(result + i, (expression));                                                               \
  }                                                                                                \
  break
#define MAP_PAIRS(expression)                                                                      \
  for (size_t i = 0; i < count; i += LANES) {                                                      \
    V x = LOAD(a + i), y = LOAD(b + i);                                                            \
    STORE(result + i, (expression));                                                               \
  }                                                                                                \
  break

// One instruction over `count` rows, a multiple of LANES.
static __attribute__((noinline)) void FN(apply)(const TYPED(limbeck_instruction) *step, const T *a,
                                                const T *b, size_t count, T *result) {
  const V c = SPLAT(step->c), d = SPLAT(step->d);
  switch ((limbeck_operation)step->operation) {
  case LIMBECK_OP_ADD: MAP_PAIRS(x + y);
  case LIMBECK_OP_SUBTRACT: MAP_PAIRS(x - y);
  case LIMBECK_OP_MULTIPLY: MAP_PAIRS(x * y);
  case LIMBECK_OP_DIVIDE: MAP_PAIRS(x / y);
  case LIMBECK_OP_MINIMUM: MAP_PAIRS(FN(minimum)(x, y));
  case LIMBECK_OP_MAXIMUM: MAP_PAIRS(FN(maximum)(x, y));
  case LIMBECK_OP_ATAN2: MAP_LANES(LIBM(atan2)(x, b[i]));
  case LIMBECK_OP_HYPOTENUSE: MAP_LANES(LIBM(hypot)(x, b[i]));
  case LIMBECK_OP_MODULO: MAP_LANES(FN(modulo)(x, b[i]));
  case LIMBECK_OP_GREATER: MAP_PAIRS(FN(indicator)(x > y, x, y));
  case LIMBECK_OP_CONDITIONAL: MAP_PAIRS(FN(conditional)(x, y));
  case LIMBECK_OP_LOGICAL_OR: MAP_PAIRS(FN(indicator)((x > 0) | (y > 0), x, y));
  case LIMBECK_OP_LOGICAL_AND: MAP_PAIRS(FN(indicator)((x > 0) & (y > 0), x, y));
  case LIMBECK_OP_POLYGAMMA: MAP_LANES((T)limbeck_polygamma(x, b[i]));
  case LIMBECK_OP_POWER: MAP_PAIRS(FN(pow)(x, y));

  case LIMBECK_OP_ADD_CONSTANT: MAP(x + c);
  case LIMBECK_OP_MULTIPLY_CONSTANT: MAP(x * c);
  case LIMBECK_OP_CONSTANT_MINUS: MAP(c - x);
  case LIMBECK_OP_CONSTANT_OVER: MAP(c / x);
  case LIMBECK_OP_AFFINE: MAP(FMA(x, c, d));
  case LIMBECK_OP_POWER_CONSTANT: MAP(FN(pow)(x, c));
  case LIMBECK_OP_SIN_SCALED: MAP(FN(quick_sin)(x * c));
  case LIMBECK_OP_COS_SCALED: MAP(FN(quick_cos)(x * c));
  case LIMBECK_OP_EXP_SCALED: MAP(FN(exp)(x * c));

  case LIMBECK_OP_COPY: MAP(x);
  case LIMBECK_OP_NEGATE: MAP(-x);
  case LIMBECK_OP_RECIPROCAL: MAP(FN(reciprocal)(x));
  case LIMBECK_OP_SQUARE: MAP(x * x);
  case LIMBECK_OP_CUBE: MAP(x * x * x);
  case LIMBECK_OP_SQUARE_ROOT: MAP(FN(sqrt)(x));
  case LIMBECK_OP_ABSOLUTE: MAP(FN(abs)(x));
  case LIMBECK_OP_SIGN: MAP(FN(sign)(x));
  case LIMBECK_OP_RELU: MAP(FN(maximum)(x, SPLAT(0)));
  case LIMBECK_OP_STEP: MAP(FN(indicator)(x > 0, x, x));
  case LIMBECK_OP_FLOOR: MAP(__builtin_elementwise_floor(x));
  case LIMBECK_OP_CEILING: MAP(__builtin_elementwise_ceil(x));
  case LIMBECK_OP_ROUND: MAP(__builtin_elementwise_roundeven(x));
  case LIMBECK_OP_EXP: MAP(FN(exp)(x));
  case LIMBECK_OP_LOG: MAP(FN(log)(x));
  case LIMBECK_OP_SIN: MAP(FN(quick_sin)(x));
  case LIMBECK_OP_COS: MAP(FN(quick_cos)(x));
  case LIMBECK_OP_TANH: MAP(FN(tanh)(x));

  case LIMBECK_OP_TAN: MAP(FN(tan)(x));
  case LIMBECK_OP_ASIN: MAP(FN(asin)(x));
  case LIMBECK_OP_ACOS: MAP(FN(acos)(x));
  case LIMBECK_OP_ATAN: MAP(FN(atan)(x));
  case LIMBECK_OP_SINH: MAP(FN(sinh)(x));
  case LIMBECK_OP_COSH: MAP(FN(cosh)(x));
  case LIMBECK_OP_ERF: MAP(FN(erf)(x));
  case LIMBECK_OP_CUBE_ROOT: MAP_LANES(LIBM(cbrt)(x));
  case LIMBECK_OP_LOG2: MAP(FN(log2)(x));
  case LIMBECK_OP_LOG10: MAP(FN(log10)(x));
  case LIMBECK_OP_LOG1P: MAP(FN(log1p)(x));
  case LIMBECK_OP_EXPM1: MAP(FN(expm1)(x));
  case LIMBECK_OP_ASINH: MAP(FN(asinh)(x));
  case LIMBECK_OP_ACOSH: MAP(FN(acosh)(x));
  case LIMBECK_OP_ATANH: MAP(FN(atanh)(x));
  case LIMBECK_OP_ERFC: MAP_LANES(LIBM(erfc)(x));

  case LIMBECK_OP_GAMMA: MAP_LANES((T)tgamma(x));
  case LIMBECK_OP_LOG_GAMMA: MAP_LANES((T)limbeck_log_gamma(x));
  case LIMBECK_OP_DIGAMMA: MAP_LANES((T)limbeck_digamma(x));
  case LIMBECK_OP_BESSEL_J0: MAP_LANES((T)j0(x));
  case LIMBECK_OP_BESSEL_J1: MAP_LANES((T)j1(x));
  case LIMBECK_OP_BESSEL_Y0: MAP_LANES((T)y0(x));
  case LIMBECK_OP_BESSEL_Y1: MAP_LANES((T)y1(x));

  case LIMBECK_OP_FILL:
    for (size_t i = 0; i < count; i += LANES) STORE(result + i, c);
    break;
  }
}

#undef MAP_LANES
#undef MAP
#undef MAP_PAIRS

// Applies one instruction to a block of rows, fetching its operands.
INLINE void FN(run)(const TYPED(limbeck_instruction) *step, const T *slots, size_t block,
                    FN(rows) rows, T *result) {
  T padded_a[LANES], padded_b[LANES];
  const T *a = slots, *b = slots;
  if (FN(has_operand)(step)) a = FN(operand)(step->a, slots, block, rows, padded_a);
  if (FN(has_two_operands)(step)) b = FN(operand)(step->b, slots, block, rows, padded_b);
  FN(apply)(step, a, b, rows.count, result);
}

// The block of rows that starts at `first`: whole vectors as long as there are any.
INLINE FN(rows) FN(next_rows)(const T *const *columns, size_t first, size_t rows, size_t block) {
  size_t left = rows - first, whole = left - left % LANES;
  if (whole == 0) return (FN(rows)){columns, first, LANES, left};
  return (FN(rows)){columns, first, whole < block ? whole : block, 0};
}

static void FN(evaluate)(const TYPED(limbeck_instruction) *code, size_t count,
                         const T *const *columns, size_t rows, size_t block, T *scratch,
                         T *result) {
  for (size_t first = 0, length; first < rows; first += length) {
    FN(rows) here = FN(next_rows)(columns, first, rows, block);
    length = here.ragged ? here.ragged : here.count;
    for (size_t k = 0; k + 1 < count; k++) {
      FN(run)(code + k, scratch, block, here, scratch + code[k].destination * block);
    }
    T last[LANES];
    T *value = here.ragged ? last : result + first;
    FN(run)(code + count - 1, scratch, block, here, value);
    if (here.ragged) memcpy(result + first, last, length * sizeof(T));
  }
}
