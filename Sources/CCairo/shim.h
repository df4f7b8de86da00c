#if !__has_include(<cairo.h>)
#error "cairo was not found: apt-get install libcairo2-dev"
#else
#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#endif
