#ifndef LIMBECK_CVECTORMATH_H
#define LIMBECK_CVECTORMATH_H

#include "jets.h"
#include "matrix_products.h"
#include "vector_functions.h"
#include "vector_level.h"

#endif
