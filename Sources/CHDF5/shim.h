#if !__has_include(<hdf5.h>)
#error "HDF5 was not found: apt-get install libhdf5-dev"
#endif
#include <hdf5.h>
/* H5T_NATIVE_DOUBLE and its like are comma expressions, which Swift cannot import. */
static inline hid_t limbeck_h5t_native_double(void) { return H5T_NATIVE_DOUBLE; }
