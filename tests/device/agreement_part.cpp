// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/scan_form.h"
#include "core/train/train_step.h"
#include "tests/device/parts.h"

#include <fmt/format.h>

#include <cmath>

namespace headroom::device {
namespace {

double cosine(const at::Tensor& a, const at::Tensor& b) {
    const at::Tensor x = a.detach().to(at::kCPU, at::kDouble).flatten();
    const at::Tensor y = b.detach().to(at::kCPU, at::kDouble).flatten();
    return (x.dot(y) / (x.norm() * y.norm()).clamp_min(1e-300)).item<double>();
}

/// A way to compute a step, and how closely it must agree with fp32 on the CPU.
struct Way {
    const char* name;
    Precision precision;
    ScanForm form;
    double lossError;
    double leastCosine; ///< smallest cosine similarity of a gradient
};

constexpr Way ways[] = {
    {"fp32", Precision::Fp32, ScanForm::OfDevice, 1e-4, 0.9999},
    {"bf16 with kernels", Precision::Bf16, ScanForm::OfDevice, 3e-2, 0.99},
    {"bf16 with operators", Precision::Bf16, ScanForm::Operators, 3e-2, 0.99},
};

} // namespace

void checkAgreement(Report& report, const RunConfig& config, c10::Device device) {
    RunConfig own = config;
    const Sound sound = randomSound(config);
    own.training.precision = Precision::Fp32;
    TrainStep reference(own, c10::kCPU);
    const double loss = reference.forwardBackward(sound.mixture, sound.targets, 1).item<double>();
    const auto& expected = reference.model().parameters().entries();
    for (const Way& way : ways) {
        const ScanFormGuard guard(way.form);
        own.training.precision = way.precision;
        TrainStep step(own, device);
        const double found = step.forwardBackward(sound.mixture, sound.targets, 1).item<double>();
        const auto& entries = step.model().parameters().entries();
        double least = 1;
        std::string worst;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const double one = cosine(entries[i].value.grad(), expected[i].value.grad());
            if (!(one >= least)) { // true for NaN
                least = one;
                worst = entries[i].name;
            }
        }
        const double error = std::abs(found / loss - 1);
        report.judge(error < way.lossError && least > way.leastCosine, way.name,
                     {{"loss_error", error}, {"least_cosine", least}, {"of", worst}});
    }
}

void checkSameBits(Report& report, const RunConfig& config, c10::Device device) {
    const Sound sound = randomSound(config);
    std::vector<std::vector<at::Tensor>> weights(2);
    for (auto& run : weights) {
        TrainStep step(config, device);
        for (int i = 0; i < 3; ++i) {
            step.forwardBackward(sound.mixture, sound.targets, 1);
            step.update(1e-3);
        }
        for (const auto& entry : step.model().parameters().entries())
            run.push_back(entry.value.detach().to(at::kCPU));
    }
    int different = 0;
    for (std::size_t i = 0; i < weights[0].size(); ++i)
        different += at::equal(weights[0][i], weights[1][i]) ? 0 : 1;
    report.judge(different == 0, "parameters after three updates, computed twice",
                 {{"different", different}, {"all", weights[0].size()}});
}

} // namespace headroom::device
