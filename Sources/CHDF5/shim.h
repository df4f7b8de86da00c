#if !__has_include(<hdf5.h>)
#error "HDF5 was not found: apt-get install libhdf5-dev"
#else
#include <hdf5.h>
/* Swift cannot import macros that are comma expressions or casts, nor functions that a macro renames by
   version: H5T_NATIVE_DOUBLE, H5F_ACC_RDONLY, H5P_DEFAULT, H5E_DEFAULT, H5Lget_info. */
static inline hid_t limbeck_h5t_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t limbeck_h5t_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t limbeck_h5t_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t limbeck_h5t_float32_le(void) { return H5T_IEEE_F32LE; }
static inline hid_t limbeck_h5t_float64_le(void) { return H5T_IEEE_F64LE; }
static inline hid_t limbeck_h5t_int64_le(void) { return H5T_STD_I64LE; }
static inline hid_t limbeck_h5t_characters(void) { return H5T_C_S1; }
static inline hid_t limbeck_h5p_default(void) { return H5P_DEFAULT; }
static inline hid_t limbeck_h5p_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t limbeck_h5p_dataset_access(void) { return H5P_DATASET_ACCESS; }
static inline hid_t limbeck_h5s_all(void) { return H5S_ALL; }

/* Settings under which closing a file closes whatever is still open in it. */
static inline hid_t limbeck_h5p_strong_close(void) {
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  return access;
}

/* Opens a file for reading; negative if it is not an HDF5 file. */
static inline hid_t limbeck_h5f_open_readonly(const char *path) {
  hid_t access = limbeck_h5p_strong_close();
  hid_t file = H5Fopen(path, H5F_ACC_RDONLY, access);
  H5Pclose(access);
  return file;
}

/* Creates a file, replacing one of the same name. Since version 1.10 of the format all that describes the
   data has checksums; without them the library may be led astray by a damaged file. */
static inline hid_t limbeck_h5f_create(const char *path) {
  hid_t access = limbeck_h5p_strong_close();
  H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_LATEST);
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
  return file;
}

/* Stops the library from printing this thread's errors to standard error. */
static inline void limbeck_h5e_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

/* Whether a link leads to an object of the same file without detours. */
static inline int limbeck_h5l_is_hard(hid_t group, const char *name) {
  H5L_info_t info;
  return H5Lget_info(group, name, &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD;
}
#endif
