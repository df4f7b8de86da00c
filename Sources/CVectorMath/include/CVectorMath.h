#ifndef LIMBECK_CVECTORMATH_H
#define LIMBECK_CVECTORMATH_H

#include "expression_kernels_api.h"
#include "jets.h"
#include "matrix_products.h"
#include "panel_products.h"
#include "peak.h"
#include "projections.h"
#include "sparse_products.h"
#include "special_functions.h"
#include "vector_functions.h"
#include "vector_level.h"

#endif
