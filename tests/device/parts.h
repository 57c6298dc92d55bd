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

/// What a card is asked. Each part runs in a process of its own: an error of CUDA spoils all that follow it.
namespace headroom::device {

/// Name, driver, NVRTC, and whether the kernels can run.
void describeCard(Report& report, c10::Device device);

/// Golden cases of models and mixers: kept, recomputed in slices, with inputs in host memory.
void checkGoldenCases(Report& report, c10::Device device);

/// Kernels against LibTorch's operators on the CPU, for all supported sizes of heads and states.
void checkKernels(Report& report, c10::Device device);

/// Loss and gradients of a micro-batch against those of the CPU, in fp32, and in bf16 with kernels and
/// operators.
void checkAgreement(Report& report, const RunConfig& config, c10::Device device);

/// Whether two runs of three updates have the same bits.
void checkSameBits(Report& report, const RunConfig& config, c10::Device device);

/// Forecast against allocator and NVML, and the time of a micro-batch.
/// @param name of the configuration
void checkMemory(Report& report, const RunConfig& config, const std::string& name, c10::Device device);

/// Memory that LibTorch's Fourier transforms take beside their input and output.
void measureFourierWorkAreas(Report& report, c10::Device device);

/// The card's bandwidth, and products of the shapes of a step.
void measureCeilings(Report& report, c10::Device device);

/// Milliseconds of a mixer of the paper's setting, with kernels and with operators.
void measureMixers(Report& report, c10::Device device);

/// Random audio of the shape of a micro-batch, the same in each call.
struct Sound {
    at::Tensor mixture;
    at::Tensor targets;
};
Sound randomSound(const RunConfig& config);

/// Waits for the device.
void waitFor(c10::Device device);

/// Seconds of one call, on average over some, after a first call.
double secondsOf(c10::Device device, int calls, const std::function<void()>& work);

/// Norm of the difference over the norm of `right`.
double relativeError(const at::Tensor& found, const at::Tensor& right);

} // namespace headroom::device
