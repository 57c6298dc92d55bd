// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "tests/device/report.h"

#include <ATen/ATen.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

/// The parts of the device check. Each runs in its own process, because after a CUDA error all further calls
/// fail.
namespace headroom::device {

/// Name, driver, NVRTC, and whether the kernels can run.
void describeCard(Report& report, c10::Device device);

/// Golden cases of whole models: activations kept, recomputed in slices, and with inputs in host memory.
void checkGoldenCases(Report& report, c10::Device device);

/// Kernels against LibTorch's operators on the CPU, for all supported sizes of heads and states.
void checkKernels(Report& report, c10::Device device);

/// Loss and gradients of a step against those of the CPU in fp32: in fp32, and in bf16 with kernels and with
/// operators.
void checkAgreement(Report& report, const RunConfig& config, c10::Device device);

/// Whether three updates give the same parameters twice, to the bit.
void checkSameBits(Report& report, const RunConfig& config, c10::Device device);

/// The forecast against the allocator and NVML, and the time of a step.
/// @param name of the configuration
void checkMemory(Report& report, const RunConfig& config, const std::string& name, c10::Device device);

/// Memory that LibTorch's Fourier transforms need in addition to input and output.
void measureFourierWorkAreas(Report& report, c10::Device device);

/// Memory bandwidth, and the speed of matrix products with the shapes of a step.
void measureCeilings(Report& report, c10::Device device);

/// Milliseconds of a mixer of the paper's configuration, with kernels and with operators.
void measureMixers(Report& report, c10::Device device);

/// Random audio with the shape of a batch, the same in each call.
struct Sound {
    at::Tensor mixture;
    at::Tensor targets;
};
Sound randomSound(const RunConfig& config);

/// Waits for the device.
void waitFor(c10::Device device);

/// Mean seconds per call, after a first call that is not timed.
double secondsOf(c10::Device device, int calls, const std::function<void()>& work);

/// Norm of the difference over the norm of `right`.
double relativeError(const at::Tensor& found, const at::Tensor& right);

} // namespace headroom::device
