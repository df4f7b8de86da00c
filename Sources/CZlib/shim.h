#if !__has_include(<zlib.h>)
#error "zlib was not found: apt-get install zlib1g-dev"
#else
#include <zlib.h>
#endif
