// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/scan_form.h"

namespace headroom {

bool scansByKernels(bool deviceIsCpu) {
    const ScanForm* form = ThreadLocalHook<const ScanForm>::current();
    if (form == nullptr || *form == ScanForm::OfDevice)
        return deviceIsCpu;
    return *form == ScanForm::Kernels;
}

} // namespace headroom
