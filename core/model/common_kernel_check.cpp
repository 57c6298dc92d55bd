// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/common_kernel_check.h"

#include "core/dsp/frame_sum.h"
#include "core/kernels/cuda/band_mask.h"
#include "core/kernels/cuda/many_tensors.h"
#include "core/kernels/cuda/normalize_rows.h"
#include "core/kernels/cuda/spectral_loss.h"
#include "core/model/kernel_comparison.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <vector>

namespace headroom {
namespace {

/// A result of the kernels, and what it should be.
struct Compared {
    const char* name;
    at::Tensor found;
    at::Tensor expected;
};

/// Random data on the CPU in float32.
class RandomData {
public:
    at::Tensor operator()(at::IntArrayRef sizes) { return at::randn(sizes, generator_, at::kFloat); }

private:
    /// Not LibTorch's default generator, whose state belongs to the run.
    at::Generator generator_ = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
};

void compareModuli(RandomData& random, c10::Device device, std::vector<Compared>& all) {
    constexpr std::int64_t nFft = 512;
    constexpr double weight = 0.1;
    const at::Tensor spectrum = at::view_as_complex(random({2, 23, nFft / 2 + 1, 2}));
    const at::Tensor moduli = spectrum.abs();
    at::Tensor gradient = spectrum / moduli * weight;
    gradient.narrow(2, 1, nFft / 2 - 1).mul_(0.5);
    const at::Tensor onDevice = spectrum.to(device, spectrum.scalar_type(), false, /*copy=*/true);
    all.push_back({"the sum of moduli of the loss", sumModuli(onDevice, nFft, weight), moduli.sum()});
    all.push_back({"the gradient of the moduli of the loss", at::view_as_real(onDevice).cpu(),
                   at::view_as_real(gradient)});
}

void compareFrames(RandomData& random, c10::Device device, std::vector<Compared>& all) {
    constexpr std::int64_t hop = 30;
    const at::Tensor frames = random({2, 20, 100});
    const at::Tensor window = random({100});
    const at::Tensor before = random({2, 19 * hop + 100});
    const at::Tensor sums = before.to(device, at::kFloat, false, /*copy=*/true);
    addFrames(frames.to(device), window.to(device), hop, sums);
    all.push_back({"the sum of frames of the loss", sums, before + sumFrames(frames, window, hop)});
}

/// Masks of two bands of 33 bins, in two frames of two channels.
void compareMasks(RandomData& random, c10::Device device, at::ScalarType type, std::vector<Compared>& all) {
    constexpr std::int64_t half = std::int64_t{33} * 2 * 2;
    const auto rounded = [&](at::IntArrayRef sizes) { return random(sizes).to(type).to(at::kFloat); };
    const auto byBin = [](const at::Tensor& rows) {
        return rows.unflatten(3, {-1, 2, 2}).permute({1, 4, 2, 0, 3, 5}).flatten(3, 4);
    };
    const at::Tensor x = rounded({2, 1, 2, 2 * half});
    const at::Tensor gradRows = random({2, 1, 2, half});
    const at::Tensor onDevice = x.to(type).to(device);
    all.push_back({"a mask", bandMaskForward(onDevice, 2), byBin(at::glu(x, -1))});
    all.push_back({"the gradient of a mask", bandMaskBackward(onDevice, byBin(gradRows).to(device)),
                   at::glu_backward(gradRows, x, -1)});
}

/// The norm of rows of float32; kernelDifference() has that of bfloat16.
void compareRows(RandomData& random, c10::Device device, std::vector<Compared>& all) {
    constexpr double leastSquares = 1e-24; // of unitNormalized()
    const at::Tensor x = random({5, 264});
    const NormalizedRows normalized = normalizeRows(x.to(device), 0, leastSquares);
    const at::Tensor gradient = random({5, 264});
    const at::Tensor along = (gradient * unitNormalized(x)).mean(-1, true);
    const at::Tensor scale = x.square().mean(-1, true).rsqrt();
    all.push_back({"the norm in fp32", normalized.rows, unitNormalized(x)});
    all.push_back({"the gradient of the norm in fp32", normalizeRowsBackward(normalized, gradient.to(device)),
                   scale * (gradient - unitNormalized(x) * along)});
}

void compareManyTensors(RandomData& random, c10::Device device, std::vector<Compared>& all) {
    constexpr double share = 0.1;
    constexpr double limit = 3;
    std::vector<at::Tensor> averages;
    std::vector<at::Tensor> values;
    for (const std::int64_t size : {std::int64_t{7}, TensorTable::numbersPerBlock + 100}) {
        const at::Tensor average = random({size});
        const at::Tensor value = random({size});
        averages.push_back(average.to(device, at::kFloat, false, /*copy=*/true));
        values.push_back(value.to(device, at::kFloat, false, /*copy=*/true));
        all.push_back({"the average of weights", averages.back(), at::lerp(average, value, share)});
        all.push_back({"a clipped gradient", values.back(), value * (limit / 100)});
    }
    averageTensors(TensorTable({averages, values}), at::zeros({}, averages[0].options()), share);
    const TensorTable table({values});
    const at::Tensor norm = at::linalg_vector_norm(at::cat(values));
    all.push_back({"the norm of the gradients", normOfTensors(table), norm});
    limitTensors(table, at::full({}, 100, norm.options()), limit);
}

} // namespace

std::string commonKernelDifference(c10::Device device) {
    const at::NoGradGuard noGrad;
    RandomData random;
    std::vector<Compared> all;
    compareModuli(random, device, all);
    compareFrames(random, device, all);
    compareRows(random, device, all);
    compareManyTensors(random, device, all);
    for (const at::ScalarType type : {at::kBFloat16, at::kFloat})
        compareMasks(random, device, type, all);
    for (const auto& [name, found, expected] : all)
        if (const double error = relativeDifference(found, expected); !(error < kernelTolerance))
            return fmt::format("{} differs by {:.3g} %", name, 100 * error);
    return {};
}

} // namespace headroom
