#if !__has_include(<openssl/evp.h>)
#error "OpenSSL was not found: apt-get install libssl-dev"
#else
#include <openssl/evp.h>
#endif
