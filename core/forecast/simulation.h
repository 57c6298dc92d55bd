// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/scan_form.h"
#include "core/simulate/simulated_device.h"
#include "core/train/step_results.h"
#include "core/train/train_step.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace headroom {

/// How repetitions are recorded: slices, steps, and layers of the same shape.
enum class Repetition {
    Deduplicate, ///< one pass runs and is recorded with a repeat count
    RunAll,      ///< every pass runs, as on a card; for comparison
};

/// Upper limit for the repetitions of a group of steps or a segment in a recording. Usually the allocator's
/// state no longer changes after the first or second one. If memory is scarce, each one takes a retry, and
/// all of them have to be replayed.
inline constexpr std::int64_t mostRepetitions = 4;

/// A simulated device, with the form of mixers that the real one would use. One per thread.
struct Simulation {
    explicit Simulation(const Card& card, ScanForm scan = ScanForm::OfDevice,
                        Repetition repetition = Repetition::Deduplicate);

    SimulatedDevice device;
    ScanFormGuard scanForm;
};

/// Stand-in for audio in host memory. Not counted as device memory; its contents are never read.
class HostAudio {
public:
    HostAudio(at::IntArrayRef shape, SimulatedDevice& device);
    HostAudio(const HostAudio&) = delete;
    HostAudio& operator=(const HostAudio&) = delete;

    const at::Tensor& tensor() const { return tensor_; }

private:
    float dummy_ = 0;
    at::Tensor tensor_;
};

/// Model and training state of a run on a simulated device. Assigns the purpose of each tensor.
class SimulatedTraining {
public:
    SimulatedTraining(const RunConfig& config, SimulatedDevice& device);

    const RunConfig& config() const { return config_; }
    TrainStep& step() { return *step_; }
    StepResults& results() { return *results_; }
    std::uint64_t checkpointBytes() const { return checkpointBytes_; }

private:
    RunConfig config_; ///< with the options that take effect on this device
    std::optional<TrainStep> step_;
    std::optional<StepResults> results_;
    std::uint64_t checkpointBytes_ = 0;
};

} // namespace headroom
