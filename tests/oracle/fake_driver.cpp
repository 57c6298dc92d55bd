/// The few functions of the CUDA driver that LibTorch looks for by name; nothing is behind them.
extern "C" {
int cuCtxGetCurrent(void** p) {
    *p = reinterpret_cast<void*>(16);
    return 0;
}
int cuCtxSetCurrent(void) {
    return 0;
}
int cuDeviceGet(void) {
    return 0;
}
int cuDeviceGetAttribute(void) {
    return 0;
}
int cuDevicePrimaryCtxGetState(int, unsigned* f, int* a) {
    *f = 0;
    *a = 1;
    return 0;
}
int cuDevicePrimaryCtxRetain(void) {
    return 0;
}
int cuFuncGetAttribute(void) {
    return 0;
}
int cuFuncSetAttribute(void) {
    return 0;
}
int cuFuncSetCacheConfig(void) {
    return 0;
}
int cuGetErrorString(int, const char** p) {
    *p = "fake";
    return 0;
}
int cuLaunchCooperativeKernel(void) {
    return 0;
}
int cuLaunchKernel(void) {
    return 0;
}
int cuLinkAddData_v2(void) {
    return 0;
}
int cuLinkComplete(void) {
    return 0;
}
int cuLinkCreate_v2(void) {
    return 0;
}
int cuModuleGetFunction(void** f, void*, const char*) {
    *f = reinterpret_cast<void*>(16);
    return 0;
}
int cuModuleLoad(void) {
    return 0;
}
int cuModuleLoadData(void) {
    return 0;
}
int cuModuleLoadDataEx(void) {
    return 0;
}
int cuModuleUnload(void) {
    return 0;
}
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* n, void*, int, long) {
    *n = 1;
    return 0;
}
int cuPointerGetAttribute(void) {
    return 0;
}
int cuTensorMapEncodeTiled(void) {
    return 0;
}
}
