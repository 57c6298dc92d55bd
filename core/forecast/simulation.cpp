// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/simulation.h"

#include "core/model/compute_device.h"
#include "core/train/checkpoint.h"
#include "core/values/run_phase.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

/// The form of mixers on a card. If it is not in this machine, only its compute capability counts.
ScanForm scanFormOf(const Card& card) {
    if (card.computeMajor == 0)
        return ScanForm::CpuKernels;
    if (!card.device.empty())
        return scanForm(c10::Device(card.device));
    return hasFastBfloat16(card) ? ScanForm::CudaKernels : ScanForm::Operators;
}

void assign(SimulatedDevice& device, const TensorMap& tensors, MemoryPart part) {
    for (const auto& [name, tensor] : tensors)
        device.assign(tensor, part);
}

} // namespace

Simulation::Simulation(const Card& card, ScanForm scan, Repetition repetition)
    : device(card, repetition == Repetition::Deduplicate),
      scanForm(scan != ScanForm::OfDevice ? scan : scanFormOf(card)) {}

HostAudio::HostAudio(at::IntArrayRef shape, SimulatedDevice& device) {
    const SimulatedDevice::Pause pause(device);
    tensor_ = device.isCpu() ? at::empty(shape, at::TensorOptions().device(at::kMeta).dtype(at::kFloat))
                             : at::from_blob(&dummy_, shape, at::kFloat);
}

SimulatedTraining::SimulatedTraining(const RunConfig& config, SimulatedDevice& device) : config_(config) {
    device.recorder().beginStage(runPhaseName(RunPhase::Start));
    device.beginPhase("setup", CostPart::Setup);
    step_.emplace(config_, at::kMeta);
    const TrainStep::State state = step_->state();
    assign(device, state.weights, MemoryPart::Parameters);
    assign(device, state.adapters, MemoryPart::Parameters);
    assign(device, state.ema, MemoryPart::Ema);
    assign(device, state.optimizer, MemoryPart::OptimizerState);
    checkpointBytes_ = headroom::checkpointBytes(state);
    results_.emplace(at::kMeta);
}

} // namespace headroom
