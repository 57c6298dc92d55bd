#pragma once

namespace headroom {

/// How a scan is computed. The results agree, the memory does not.
enum class ScanForm {
    OfDevice,  ///< kernels on the CPU, operators elsewhere
    Kernels,   ///< as on the CPU; elsewhere than there only on Meta, which has no results
    Operators, ///< as on every other device
};

/// While it lives, scans of this thread are computed in this form, and so are their gradients where they are
/// found on this thread.
class ScanFormGuard {
public:
    explicit ScanFormGuard(ScanForm form);
    ~ScanFormGuard();
    ScanFormGuard(const ScanFormGuard&) = delete;
    ScanFormGuard& operator=(const ScanFormGuard&) = delete;

private:
    ScanForm before_;
};

/// Whether a scan on this device is to run our kernels. This thread's choice.
bool scansByKernels(bool deviceIsCpu);

} // namespace headroom
