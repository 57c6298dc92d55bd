// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/kernel_check.h"

#include "core/config/audio_length.h"
#include "core/config/run_config.h"
#include "core/kernels/cuda/convolution.h"
#include "core/kernels/cuda/gated_norm.h"
#include "core/kernels/cuda/kernel_compiler.h"
#include "core/kernels/cuda/kernels_problem.h"
#include "core/kernels/cuda/scan.h"
#include "core/kernels/cuda/side_sum.h"
#include "core/kernels/cuda/time_steps.h"
#include "core/model/common_kernel_check.h"
#include "core/model/compute_device.h"
#include "core/model/cuda_mixer.h"
#include "core/model/kernel_comparison.h"
#include "core/model/model_shape.h"
#include "core/model/operator_scan.h"
#include "core/model/row_norm.h"
#include "core/support/error.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <fmt/ranges.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstdlib>
#include <mutex>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {
namespace {

/// The results of byOperators() and byKernels(), in order.
constexpr const char* names[] = {"the output of the scan",
                                 "the gradient of its input",
                                 "the gradient of conv1d.weight",
                                 "the gradient of conv1d.bias",
                                 "the gradient of dt_bias",
                                 "the gradient of A_log",
                                 "the gradient of D",
                                 "the norm",
                                 "the gradient of the norm",
                                 "the output of the scan for the gradient of out_proj"};

/// Random data on the CPU, in float32 but rounded to bfloat16 where the kernels read bfloat16.
struct Data {
    at::Tensor projected; ///< [R, L, 2 D + 2 N + H]
    at::Tensor gradOut;   ///< [R, L, D]
    at::Tensor tokens;    ///< [R, L, d], for the norm
    at::Tensor gradTokens;
    ScanSide side;
};

at::Tensor rounded(const at::Tensor& x) {
    return x.to(at::kBFloat16).to(at::kFloat);
}

Data randomData(const MixerShape& shape, std::int64_t rows, std::int64_t length, Direction direction) {
    // Not LibTorch's default generator, whose state belongs to the run.
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
    const auto normal = [&](at::IntArrayRef sizes) { return at::randn(sizes, generator, at::kFloat); };
    Data data;
    data.projected = rounded(normal({rows, length, shape.projectedDim()}));
    data.gradOut = rounded(normal({rows, length, shape.innerDim}));
    data.tokens = rounded(normal({rows, length, shape.modelDim}));
    data.gradTokens = rounded(normal({rows, length, shape.modelDim}));
    data.side = {normal({shape.convDim(), 1, shape.dConv}) * 0.5,
                 normal({shape.convDim()}) * 0.2,
                 normal({shape.heads()}) - 3, // steps of about 0.05, as in models
                 normal({shape.heads()}),
                 normal({shape.heads()}),
                 direction};
    return data;
}

/// The normalized tokens, and the gradient of the tokens.
std::vector<at::Tensor> normOf(const at::Tensor& tokens, const at::Tensor& gradient, ScanForm form) {
    constexpr double eps = 1e-5;
    const at::AutoGradMode gradMode(true);
    const at::Tensor x = tokens.detach().requires_grad_();
    const at::Tensor r = rmsNormalized(x, eps, form);
    return {r.detach(), torch::autograd::grad({r}, {x}, {gradient})[0]};
}

/// With padding, so that tokens begin at multiples of 16 bytes.
at::Tensor withPadding(const at::Tensor& projected) {
    constexpr std::int64_t multiple = 8;
    const std::int64_t excess = projected.size(2) % multiple;
    return at::constant_pad_nd(projected, {0, (multiple - excess) % multiple});
}

/// @param type of the activations
/// @param parts CudaKernels: also the norm is by our kernel
std::vector<at::Tensor> byOperators(const Data& data, const MixerShape& shape, c10::Device device,
                                    at::ScalarType type, ScanParts parts) {
    const auto activations = [&](const at::Tensor& x) { return x.to(type).to(device); };
    const at::Tensor projected = activations(withPadding(data.projected));
    const at::Tensor gradProjected = at::empty_like(projected);
    std::vector<at::Tensor> ofSide = data.side.tensors();
    for (at::Tensor& tensor : ofSide)
        tensor = tensor.to(device);
    OperatorScan scan(projected, shape, scanSide(ofSide.data(), data.side.direction), parts);
    std::vector<at::Tensor> results{scan.forward(), gradProjected.slice(2, 0, shape.projectedDim())};
    at::Tensor outputAgain;
    const auto keepOutput = [&](const at::Tensor& output) { outputAgain = output.clone(); };
    for (at::Tensor& gradient : scan.backward(activations(data.gradOut), gradProjected, keepOutput))
        results.push_back(std::move(gradient));
    const auto form = parts == ScanParts::CudaKernels ? ScanForm::CudaKernels : ScanForm::Operators;
    for (at::Tensor& ofNorm : normOf(activations(data.tokens), activations(data.gradTokens), form))
        results.push_back(std::move(ofNorm));
    results.push_back(outputAgain);
    return results;
}

std::vector<at::Tensor> byKernels(const Data& data, const MixerShape& shape, c10::Device device) {
    const auto onDevice = [&](const at::Tensor& x) { return x.to(device); };
    const auto narrow = [&](const at::Tensor& x) { return x.to(at::kBFloat16).to(device); };
    const at::Tensor projected = narrow(withPadding(data.projected));
    const bool backward = data.side.direction == Direction::Backward;
    const CudaScanShape scanShape{shape.heads(), shape.headdim, shape.dState, backward};
    const std::int64_t firstTimeStep = shape.innerDim + shape.convDim();
    const at::Tensor convWeight = onDevice(data.side.convWeight);
    const at::Tensor convBias = onDevice(data.side.convBias);
    const at::Tensor dtBias = onDevice(data.side.dtBias);
    const auto tokens = [&](std::int64_t columns, at::ScalarType type) {
        return at::empty({projected.size(0), projected.size(1), columns}, projected.options().dtype(type));
    };
    const at::Tensor bc = tokens(2 * shape.dState, at::kBFloat16);
    convolveForward(projected, 2 * shape.innerDim, convWeight, convBias, bc, backward);
    const at::Tensor dt = tokens(shape.heads(), at::kFloat);
    timeStepsForward(projected, firstTimeStep, dtBias, dt);
    const CudaScanInputs inputs{
        projected, convWeight, convBias, bc, dt, onDevice(data.side.aLog), onDevice(data.side.d)};
    const CudaScanOutput scan = scanForward(inputs, scanShape, {.y = true, .gated = true, .states = true});
    // The mean of two equal sides, as if out_proj were the identity.
    const at::Tensor out =
        sumOfSides({{scan.gated.clone(), scan.squares}, {scan.gated, scan.squares}}, shape.innerDim) / 2;

    const at::Tensor gradProjected = at::empty_like(projected);
    const at::Tensor gradY = narrow(data.gradOut);
    gatedNormBackward(scan.y, projected, gradY, /*r=*/scan.y, gradY, gradProjected);
    const CudaScanGradients ofScan = scanBackward(inputs, scan.states, gradY, gradProjected, scanShape);
    const at::Tensor gradDtBias =
        timeStepsBackward(projected, firstTimeStep, dtBias, ofScan.dt, gradProjected);
    const auto ofNorm = normOf(narrow(data.tokens), narrow(data.gradTokens), ScanForm::CudaKernels);
    return {out,
            gradProjected.slice(2, 0, shape.projectedDim()),
            ofScan.convWeight,
            ofScan.convBias,
            gradDtBias,
            ofScan.aLog,
            ofScan.d,
            ofNorm[0],
            ofNorm[1],
            scan.y};
}

/// Calls a function before the first kernel is compiled.
class CompilationNotice final : public KernelCompilationObserver {
public:
    explicit CompilationNotice(std::function<void()> notify) : notify_(std::move(notify)) {}
    void beginsCompilation() override {
        if (!std::exchange(said_, true))
            notify_();
    }

private:
    std::function<void()> notify_;
    bool said_ = false;
};

/// Whether the check is off: for cards that compute nothing, as in tests of memory.
bool isSwitchedOff() {
    const char* value = std::getenv("HEADROOM_KERNEL_CHECK");
    return value != nullptr && std::string_view(value) == "off";
}

/// What is wrong with the kernels on a card, as a sentence without a period; empty if nothing is.
/// @param lengths of the mixers; none if these use operators only
/// @param type of the activations
std::string problemOf(const MixerShape& shape, const std::vector<std::int64_t>& lengths, at::ScalarType type,
                      c10::Device device) {
    constexpr std::int64_t rows = 2;
    try {
        std::string difference = commonKernelDifference(device);
        for (auto length = lengths.begin(); length != lengths.end() && difference.empty(); ++length)
            difference = kernelDifference(shape, rows, *length, type, device);
        if (!difference.empty())
            return "the results of the kernels differ from LibTorch's: " + difference;
    } catch (const OutOfMemoryError&) {
        throw;
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// False if this process has checked the same before.
bool isFirstCheck(const MixerShape& shape, const std::vector<std::int64_t>& lengths, at::ScalarType type,
                  c10::Device device) {
    static std::mutex mutex;
    static std::set<std::string> checks;
    const std::lock_guard lock(mutex);
    return checks
        .insert(fmt::format("{} {} {} {} {} {} {} {}", deviceName(device), at::toString(type), shape.modelDim,
                            shape.innerDim, shape.dState, shape.headdim, shape.dConv,
                            fmt::join(lengths, " ")))
        .second;
}

} // namespace

std::string kernelDifference(const MixerShape& shape, std::int64_t rows, std::int64_t length,
                             at::ScalarType type, c10::Device device) {
    const bool onlyParts = cudaMixerProblem(shape, type).has_value();
    const double tolerance = type == at::kFloat ? kernelToleranceFp32 : kernelTolerance;
    for (const Direction direction : {Direction::Forward, Direction::Backward}) {
        const Data data = randomData(shape, rows, length, direction);
        const std::vector<at::Tensor> expected =
            byOperators(data, shape, at::kCPU, at::kFloat, ScanParts::Operators);
        const std::vector<at::Tensor> found =
            onlyParts ? byOperators(data, shape, device, type, ScanParts::CudaKernels)
                      : byKernels(data, shape, device);
        for (std::size_t i = 0; i < expected.size(); ++i)
            if (const double error = relativeDifference(found[i], expected[i]); !(error < tolerance))
                return fmt::format("{} differs by {:.3g} % at {} x {} tokens", names[i], 100 * error, rows,
                                   length);
    }
    return {};
}

void prepareCudaKernels(const RunConfig& config, double seconds, c10::Device device,
                        const std::function<void(const std::string&)>& notify) {
    if (!device.is_cuda() || !wantsKernels(config.model) || !cudaKernelsProblem(device).empty() ||
        isSwitchedOff())
        return;
    const ModelShape shape = modelShape(config);
    std::vector<std::int64_t> lengths;
    const at::ScalarType type = activationType(config);
    if (whyOperators(config, device).empty() || hasPartKernels(mixerShape(shape), type))
        lengths = {samplesIn(config.audio, seconds) / shape.hopLength + 1, std::ssize(shape.bands)};

    if (!isFirstCheck(mixerShape(shape), lengths, type, device))
        return;
    CompilationNotice notice([&] {
        notify(fmt::format("compiling kernels for {}; this is only needed once", cardOf(device).name));
    });
    const KernelCompilationGuard guard(notice);
    if (const std::string problem = problemOf(mixerShape(shape), lengths, type, device); !problem.empty())
        refuseCudaKernels(device, problem);
    c10::DeviceAllocator* allocator = c10::getDeviceAllocator(device.type());
    allocator->emptyCache();
    allocator->resetPeakStats(device.index());
}

} // namespace headroom
