#include "core/model/scan_form.h"

#include <utility>

namespace headroom {
namespace {

thread_local ScanForm chosen = ScanForm::OfDevice;

} // namespace

ScanFormGuard::ScanFormGuard(ScanForm form) : before_(std::exchange(chosen, form)) {}

ScanFormGuard::~ScanFormGuard() {
    chosen = before_;
}

bool scansByKernels(bool deviceIsCpu) {
    return chosen == ScanForm::OfDevice ? deviceIsCpu : chosen == ScanForm::Kernels;
}

} // namespace headroom
