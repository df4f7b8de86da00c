// Jets of first and second order without mixed products, in registers; see include/jets.h.
//
// Most equations are of this kind. With x_i the first-order coefficients of z, x_k the second-order ones
// and q_k = sum over i of w_ki x_i^2, the function has the coefficients
//   f_0,  f_1 x_i,  f_1 x_k + f_2 q_k,
// f_j the Taylor coefficients at z_0. The numbers of channels are constants, so that a point's jet
// never leaves the registers, where the tables of general plans cost as much as a product of matrices.

INLINE void FN(forward_squares)(int activation, const int first, const int second,
                                const limbeck_jet_plan *plan, size_t units, size_t points,
                                const T *z, T *a) {
  const int channels = 1 + first + second, order = second ? 2 : first ? 1 : 0;
  for (size_t unit = 0; unit < units; unit++) {
    const T *in = z + unit * channels * points;
    T *out = a + unit * channels * points;
    for (size_t p = 0; p < points; p += LANES) {
      V f[3], x[3], square[3];
      FN(taylor)(activation, LOAD(in + p), NULL, order, f);
      STORE(out + p, f[0]);
      for (int i = 0; i < first; i++) {
        x[i] = LOAD(in + (1 + i) * points + p);
        square[i] = x[i] * x[i];
        STORE(out + (1 + i) * points + p, f[1] * x[i]);
      }
      for (int k = 0; k < second; k++) {
        V q = SPLAT(0);
        for (int i = 0; i < first; i++) q = FMA(square[i], SPLAT(plan->squares[k * first + i]), q);
        size_t at = (1 + first + k) * points + p;
        STORE(out + at, FMA(f[1], LOAD(in + at), f[2] * q));
      }
    }
  }
}

INLINE void FN(reverse_squares)(int activation, const int first, const int second,
                                const limbeck_jet_plan *plan, size_t units, size_t points,
                                const T *z, const T *a, T *adjoint) {
  const int channels = 1 + first + second, order = second ? 2 : first ? 1 : 0;
  for (size_t unit = 0; unit < units; unit++) {
    const T *in = z + unit * channels * points;
    T *bars = adjoint + unit * channels * points;
    for (size_t p = 0; p < points; p += LANES) {
      V f[4], x[3], bent[3];
      V value = LOAD(a + unit * channels * points + p);
      FN(taylor)(activation, LOAD(in + p), &value, order + 1, f);
      V slope = f[1], curvature = f[2] + f[2];
      V sum = slope * LOAD(bars + p), along = SPLAT(0);
      for (int i = 0; i < first; i++) {
        x[i] = LOAD(in + (1 + i) * points + p);
        bent[i] = SPLAT(0);
      }
      for (int k = 0; k < second; k++) {
        size_t at = (1 + first + k) * points + p;
        V bar = LOAD(bars + at), q = SPLAT(0);
        for (int i = 0; i < first; i++) {
          V weighted = x[i] * SPLAT(plan->squares[k * first + i]);
          q = FMA(weighted, x[i], q);
          bent[i] = FMA(weighted, bar, bent[i]);
        }
        along = FMA(bar, LOAD(in + at), along);
        sum = FMA(bar * SPLAT(3), f[3] * q, sum);
        STORE(bars + at, slope * bar);
      }
      for (int i = 0; i < first; i++) {
        size_t at = (1 + i) * points + p;
        V bar = LOAD(bars + at);
        along = FMA(bar, x[i], along);
        STORE(bars + at, second ? FMA(curvature, bent[i], slope * bar) : slope * bar);
      }
      STORE(bars + p, first ? FMA(curvature, along, sum) : sum);
    }
  }
}

// x y, x and y polynomials of second degree in h, added to `sum`.
INLINE void FN(add_product_in_h)(const V *x, const V *y, V *sum) {
  sum[0] = FMA(x[0], y[0], sum[0]);
  sum[1] = FMA(x[0], y[1], FMA(x[1], y[0], sum[1]));
  sum[2] = FMA(x[0], y[2], FMA(x[1], y[1], FMA(x[2], y[0], sum[2])));
}

// The same with polynomials of second degree in h for numbers. With z_0 = c + h d + h^2 e,
//   f_j(z_0) = f_j + h (j+1) f_{j+1} d + h^2 ((j+1) f_{j+1} e + (j+1)(j+2)/2 f_{j+2} d^2).
INLINE void FN(forward_squares_in_h)(int activation, const int first, const int second,
                                     const limbeck_jet_plan *plan, size_t units, size_t points,
                                     const T *z, T *a) {
  const int channels = 1 + first + second, order = second ? 2 : first ? 1 : 0;
  const size_t block = channels * points;
  for (size_t unit = 0; unit < units; unit++) {
    const T *in = z + 3 * unit * block;
    T *out = a + 3 * unit * block;
    for (size_t p = 0; p < points; p += LANES) {
      V f[5], series[3][3], square[3][3];
      V d = LOAD(in + block + p), e = LOAD(in + 2 * block + p), dd = d * d;
      FN(taylor)(activation, LOAD(in + p), NULL, order + 2, f);
      for (int j = 0; j <= order; j++) {
        V slope = SPLAT(j + 1) * f[j + 1];
        series[j][0] = f[j];
        series[j][1] = slope * d;
        series[j][2] = FMA(SPLAT((j + 1) * (j + 2) / 2) * f[j + 2], dd, slope * e);
      }
      for (int k = 0; k < 3; k++) STORE(out + k * block + p, series[0][k]);
      for (int i = 0; i < first; i++) {
        size_t at = (1 + i) * points + p;
        V x[3], y[3];
        for (int k = 0; k < 3; k++) {
          x[k] = LOAD(in + k * block + at);
          y[k] = square[i][k] = SPLAT(0);
        }
        FN(add_product_in_h)(x, x, square[i]);
        FN(add_product_in_h)(series[1], x, y);
        for (int k = 0; k < 3; k++) STORE(out + k * block + at, y[k]);
      }
      for (int c = 0; c < second; c++) {
        size_t at = (1 + first + c) * points + p;
        V x[3], q[3], y[3];
        for (int k = 0; k < 3; k++) {
          x[k] = LOAD(in + k * block + at);
          q[k] = y[k] = SPLAT(0);
          for (int i = 0; i < first; i++) {
            q[k] = FMA(square[i][k], SPLAT(plan->squares[c * first + i]), q[k]);
          }
        }
        FN(add_product_in_h)(series[1], x, y);
        FN(add_product_in_h)(series[2], q, y);
        for (int k = 0; k < 3; k++) STORE(out + k * block + at, y[k]);
      }
    }
  }
}

// out += x y, where (x y)_i = x_0 y_i + x_i y_0 and (x y)_k adds sum over i of w_ki x_i y_i.
INLINE void FN(multiply_squares)(const int first, const int second, const limbeck_jet_plan *plan,
                                 size_t units, size_t points, const T *x, size_t x_step, const T *y,
                                 size_t y_step, T *out, size_t out_step) {
  const size_t row = (1 + first + second) * points;
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t p = 0; p < points; p += LANES) {
      const T *left = x + unit * x_step * row + p, *right = y + unit * y_step * row + p;
      T *target = out + unit * out_step * row + p;
      V x0 = LOAD(left), y0 = LOAD(right), product[3];
      STORE(target, FMA(x0, y0, LOAD(target)));
      for (int i = 0; i < first; i++) {
        size_t at = (1 + i) * points;
        V xi = LOAD(left + at), yi = LOAD(right + at);
        product[i] = xi * yi;
        STORE(target + at, FMA(x0, yi, FMA(xi, y0, LOAD(target + at))));
      }
      for (int k = 0; k < second; k++) {
        size_t at = (1 + first + k) * points;
        V sum = FMA(x0, LOAD(right + at), FMA(LOAD(left + at), y0, LOAD(target + at)));
        for (int i = 0; i < first; i++) {
          sum = FMA(product[i], SPLAT(plan->squares[k * first + i]), sum);
        }
        STORE(target + at, sum);
      }
    }
  }
}

INLINE void FN(multiply_squares_reverse)(const int first, const int second,
                                         const limbeck_jet_plan *plan, size_t units, size_t points,
                                         const T *out_adjoint, size_t out_step, const T *y,
                                         size_t y_step, T *x_adjoint, size_t x_step) {
  const size_t row = (1 + first + second) * points;
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t p = 0; p < points; p += LANES) {
      const T *bars = out_adjoint + unit * out_step * row + p, *right = y + unit * y_step * row + p;
      T *target = x_adjoint + unit * x_step * row + p;
      V y0 = LOAD(right), sum = FMA(LOAD(bars), y0, LOAD(target)), weighted[3];
      for (int i = 0; i < first; i++) weighted[i] = SPLAT(0);
      for (int k = 0; k < second; k++) {
        size_t at = (1 + first + k) * points;
        V bar = LOAD(bars + at);
        sum = FMA(bar, LOAD(right + at), sum);
        STORE(target + at, FMA(bar, y0, LOAD(target + at)));
        for (int i = 0; i < first; i++) {
          weighted[i] = FMA(bar, SPLAT(plan->squares[k * first + i]), weighted[i]);
        }
      }
      for (int i = 0; i < first; i++) {
        size_t at = (1 + i) * points;
        V bar = LOAD(bars + at), yi = LOAD(right + at);
        sum = FMA(bar, yi, sum);
        STORE(target + at, FMA(bar, y0, FMA(weighted[i], yi, LOAD(target + at))));
      }
      STORE(target, sum);
    }
  }
}

// The shapes of plans that have kernels of their own, (first, second).
#define FOR_EACH_SHAPE(call)                                                                       \
  call(0, 0) call(1, 0) call(1, 1) call(2, 1) call(2, 2) call(3, 1)

// Runs the kernel of an activation and a plan and returns 1, if there is one.
#define RUN_SHAPE(kernel, first_count, second_count, ...)                                          \
  if (plan->first == first_count && plan->second == second_count) {                                \
    if (activation == LIMBECK_TANH) {                                                              \
      kernel(LIMBECK_TANH, first_count, second_count, __VA_ARGS__);                                \
      return 1;                                                                                    \
    }                                                                                              \
    if (activation == LIMBECK_SIN) {                                                               \
      kernel(LIMBECK_SIN, first_count, second_count, __VA_ARGS__);                                 \
      return 1;                                                                                    \
    }                                                                                              \
  }

static int FN(forward_by_squares)(int activation, const limbeck_jet_plan *plan, size_t units,
                                  size_t points, const T *z, T *a) {
  if (!plan->squares) return 0;
#define CALL(m, n) RUN_SHAPE(FN(forward_squares), m, n, plan, units, points, z, a)
#define CALL_IN_H(m, n) RUN_SHAPE(FN(forward_squares_in_h), m, n, plan, units, points, z, a)
  if (plan->powers_of_h == 1) {
    FOR_EACH_SHAPE(CALL)
  } else {
    FOR_EACH_SHAPE(CALL_IN_H)
  }
#undef CALL
#undef CALL_IN_H
  return 0;
}

static int FN(reverse_by_squares)(int activation, const limbeck_jet_plan *plan, size_t units,
                                  size_t points, const T *z, const T *a, T *adjoint) {
  if (!plan->squares || plan->powers_of_h != 1) return 0;
#define CALL(m, n) RUN_SHAPE(FN(reverse_squares), m, n, plan, units, points, z, a, adjoint)
  FOR_EACH_SHAPE(CALL)
#undef CALL
  return 0;
}
#undef RUN_SHAPE

// Products of jets likewise, for any activation.
#define RUN_SHAPE(kernel, first_count, second_count, ...)                                          \
  if (plan->first == first_count && plan->second == second_count) {                                \
    kernel(first_count, second_count, plan, units, points, __VA_ARGS__);                           \
    return 1;                                                                                      \
  }

static int FN(multiply_by_squares)(const limbeck_jet_plan *plan, size_t units, size_t points,
                                   const T *x, size_t x_step, const T *y, size_t y_step, T *out,
                                   size_t out_step) {
  if (!plan->squares || plan->powers_of_h != 1) return 0;
#define CALL(m, n) RUN_SHAPE(FN(multiply_squares), m, n, x, x_step, y, y_step, out, out_step)
  FOR_EACH_SHAPE(CALL)
#undef CALL
  return 0;
}

static int FN(multiply_by_squares_reverse)(const limbeck_jet_plan *plan, size_t units,
                                           size_t points, const T *out_adjoint, size_t out_step,
                                           const T *y, size_t y_step, T *x_adjoint,
                                           size_t x_step) {
  if (!plan->squares || plan->powers_of_h != 1) return 0;
#define CALL(m, n)                                                                                 \
  RUN_SHAPE(FN(multiply_squares_reverse), m, n, out_adjoint, out_step, y, y_step, x_adjoint, x_step)
  FOR_EACH_SHAPE(CALL)
#undef CALL
  return 0;
}
#undef RUN_SHAPE
#undef FOR_EACH_SHAPE
