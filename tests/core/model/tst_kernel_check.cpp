// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/common_kernel_check.h"
#include "core/model/kernel_check.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/strict_main.h"

#include <ATen/Context.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

using namespace headroom;
using namespace headroom::test;

namespace {

constexpr MixerShape smallShape{.modelDim = 16, .innerDim = 64, .dState = 16, .headdim = 32, .dConv = 4};
constexpr std::int64_t rows = 2;
constexpr std::int64_t length = 70; // two chunks

/// Leaves out all launches of one kernel.
class WithoutKernel final : public KernelLauncher {
public:
    explicit WithoutKernel(std::string function) : function_(std::move(function)) {}
    void launch(c10::Device device, const CudaKernel& kernel, LaunchGrid grid, unsigned threads,
                unsigned sharedBytes, std::span<const KernelArgument> arguments) override {
        if (kernel.function != function_)
            all_.launch(device, kernel, grid, threads, sharedBytes, arguments);
    }

private:
    EmulatedLauncher all_ = emulatedKernels();
    std::string function_;
};

/// Loses the last token that a kernel for gate and norm writes, in float32.
class WithoutLastToken final : public KernelLauncher {
public:
    /// The numbers of the arguments of `function`.
    struct Places {
        std::string_view function;
        std::size_t result;
        std::size_t tokens;
        std::size_t width;
    };
    explicit WithoutLastToken(const Places& places) : places_(places) {}

    void launch(c10::Device device, const CudaKernel& kernel, LaunchGrid grid, unsigned threads,
                unsigned sharedBytes, std::span<const KernelArgument> arguments) override {
        all_.launch(device, kernel, grid, threads, sharedBytes, arguments);
        if (std::string_view(kernel.function) != places_.function)
            return;
        auto* const result = *static_cast<float**>(arguments[places_.result].address);
        const auto tokens = *static_cast<std::int64_t*>(arguments[places_.tokens].address);
        const auto width = *static_cast<int*>(arguments[places_.width].address);
        std::fill_n(result + (tokens - 1) * width, width, 0.0F);
    }

private:
    EmulatedLauncher all_ = emulatedKernels();
    Places places_;
};

} // namespace

class TestKernelCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Otherwise memory that is not written could hold the right values of an earlier run.
    void initTestCase() { at::globalContext().setDeterministicAlgorithms(true, false); }

    void kernelsAgreeWithOperators_data() {
        QTest::addColumn<int>("type");
        QTest::newRow("bf16") << static_cast<int>(at::kBFloat16);
        QTest::newRow("fp32, around the scan") << static_cast<int>(at::kFloat);
    }
    void kernelsAgreeWithOperators() {
        QFETCH(const int, type);
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const std::string difference = differenceIn(type);
        QVERIFY2(difference.empty(), difference.c_str());
        QCOMPARE(launcher.launches().contains("scanForward"), type == static_cast<int>(at::kBFloat16));
        QVERIFY(launcher.launches().contains("convolveForward"));
    }

    void noticesEachMissingKernel_data() { kernelsAgreeWithOperators_data(); }
    void noticesEachMissingKernel() {
        QFETCH(const int, type);
        noticesEachMissing([&] { return differenceIn(type); });
    }

    /// In fp32, where rounding hides less: at the length of a segment, half of what bf16 may differ by.
    void noticesASingleWrongToken() {
        const auto differenceWithout = [](const WithoutLastToken::Places& places) {
            WithoutLastToken broken(places);
            const KernelLauncherGuard guard(broken);
            return kernelDifference(smallShape, rows, 400, at::kFloat, at::kCPU);
        };
        const std::string forward = differenceWithout({"gatedNormForward", 4, 5, 7});
        QVERIFY2(forward.starts_with("the output of the scan differs by 3."), forward.c_str());
        const std::string backward = differenceWithout({"gatedNormBackward", 5, 8, 10});
        QVERIFY2(backward.starts_with("the output of the scan for the gradient of out_proj differs by 3."),
                 backward.c_str());
    }

    void commonKernelsAgreeWithOperators() {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const std::string difference = commonKernelDifference(at::kCPU);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void noticesEachMissingCommonKernel() {
        noticesEachMissing([] { return commonKernelDifference(at::kCPU); });
    }

private:
    static std::string differenceIn(int type) {
        return kernelDifference(smallShape, rows, length, static_cast<at::ScalarType>(type), at::kCPU);
    }

    static void noticesEachMissing(const std::function<std::string()>& difference) {
        EmulatedLauncher launcher = emulatedKernels();
        {
            const KernelLauncherGuard guard(launcher);
            difference();
        }
        QVERIFY(!launcher.launches().empty());
        for (const auto& [function, count] : launcher.launches()) {
            WithoutKernel broken(function);
            const KernelLauncherGuard guard(broken);
            QVERIFY2(!difference().empty(), function.c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestKernelCheck)
#include "tst_kernel_check.moc"
