#if !__has_include(<openssl/evp.h>)
#error "OpenSSL was not found: apt-get install libssl-dev"
#endif
#include <openssl/evp.h>
