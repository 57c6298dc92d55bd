// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/device/parts.h"

#include "core/config/audio_length.h"
#include "core/kernels/cuda/kernel_compiler.h"
#include "core/kernels/cuda/kernels_problem.h"
#include "core/model/common_kernel_check.h"
#include "core/model/compute_device.h"
#include "core/model/kernel_check.h"

#include <fmt/format.h>

namespace headroom::device {

void describeCard(Report& report, c10::Device device) {
    const Card card = cardOf(device);
    const std::string problem = device.is_cuda() ? cudaKernelsProblem(device) : "not an NVIDIA card";
    report.judge(problem.empty(), "card",
                 {{"card", card.name},
                  {"capability", fmt::format("{}.{}", card.computeMajor, card.computeMinor)},
                  {"MiB", card.capacity >> 20},
                  {"multiprocessors", card.multiprocessors},
                  {"problem", problem}});
}

void checkKernels(Report& report, c10::Device device) {
    const auto judge = [&](const std::string& what, const std::function<std::string()>& check) {
        std::string difference;
        try {
            difference = check();
        } catch (const std::exception& error) {
            difference = error.what();
        }
        report.judge(difference.empty(), what, {{"difference", difference}});
    };
    judge("around the mixers", [&] { return commonKernelDifference(device); });
    for (const std::int64_t headdim : {32, 64})
        for (const std::int64_t state : {16, 32, 64, 128})
            for (const std::int64_t length : {1, 62, 801}) {
                const MixerShape shape{256, 8 * headdim, state, headdim, 4};
                for (const at::ScalarType type : {at::kBFloat16, at::kFloat})
                    judge(fmt::format("heads of {}, {} states, length {}, {}", headdim, state, length,
                                      type == at::kFloat ? "fp32" : "bf16"),
                          [&] { return kernelDifference(shape, 3, length, type, device); });
            }
}

Sound randomSound(const RunConfig& config) {
    at::manual_seed(7);
    const auto samples = segmentSamples(config.audio);
    const auto stems = static_cast<std::int64_t>(config.data.targets.size());
    const std::int64_t batch = config.training.batchSize;
    const at::Tensor targets = at::randn({batch, stems, config.audio.channels, samples}).mul_(0.1);
    return {targets.sum(1) + at::randn({batch, config.audio.channels, samples}).mul_(0.1), targets};
}

void waitFor(c10::Device device) {
    at::zeros({1}, device).item<float>();
}

double secondsOf(c10::Device device, int calls, const std::function<void()>& work) {
    using Clock = std::chrono::steady_clock;
    work();
    waitFor(device);
    const auto begin = Clock::now();
    for (int i = 0; i < calls; ++i)
        work();
    waitFor(device);
    return std::chrono::duration<double>(Clock::now() - begin).count() / calls;
}

double relativeError(const at::Tensor& found, const at::Tensor& right) {
    const at::Tensor expected = right.detach().to(at::kCPU, at::kDouble);
    const at::Tensor difference = found.detach().to(at::kCPU, at::kDouble) - expected;
    return (difference.norm() / expected.norm().clamp_min(1e-300)).item<double>();
}

} // namespace headroom::device
