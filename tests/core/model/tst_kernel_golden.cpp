// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/scan_form.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/golden_case.h"
#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

/// Whole models against the official code: in float32 by our CUDA kernels, emulated, in float64 by operators.
class TestKernelGolden : public QObject {
    Q_OBJECT

    static void check(bool recompute) {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const ScanFormGuard form(ScanForm::CudaKernels);
        runGoldenCases("bsmamba2_full", [&](const auto& golden, auto& comparison) {
            checkGoldenModel(golden, comparison, recompute);
        });
        for (const char* function : {"convolveBackward", "gatedNormBackward", "transferBackward"})
            QVERIFY2(launcher.launches().contains(function), function);
    }

private Q_SLOTS:
    void matchesOfficialModel() { check(false); }
    void matchesOfficialModelWithRecompute() { check(true); }
};

HEADROOM_TEST_MAIN(TestKernelGolden)
#include "tst_kernel_golden.moc"
